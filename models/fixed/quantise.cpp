#include "models/fixed/quantise.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <utility>

#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "models/fixed/fixed_factors.hpp"
#include "models/fixed/formats.hpp"
#include "models/fixed/stability.hpp"
#include "models/fixed/table.hpp"

namespace basin {
namespace {

using formats::FormatPlan;

double gain_of(const GainWord& word) { return std::ldexp((word.mantissa + 1) / 256.0, -word.exponent); }
double share_of(std::uint8_t mantissa) { return (mantissa + 1) / 256.0; }   // h_i/h

/// λ_i/λ_max as the nearest word with a mantissa of 128 or more.
GainWord gain_word(double ratio) {
  const int exponent = std::max(0, -static_cast<int>(std::floor(std::log2(ratio))) - 1);
  const double mantissa = std::floor(std::ldexp(ratio, exponent + 8) + 0.5);
  if (exponent > 15) {
    throw ClaimError("gains span 1 : " + three_digits(1.0 / ratio) + "; the core holds at most 1 : 32768");
  }
  return {static_cast<std::uint8_t>(exponent), static_cast<std::uint8_t>(std::min(mantissa, 256.0) - 1.0)};
}

/// λ_max of the kind of activation that each neuron has: the gain at which its table is made.
Vector table_gains(const Circuit& circuit) {
  const Vector largest = largest_gains(circuit);
  Vector gains(circuit.size());
  for (Index i = 0; i < gains.size(); ++i) gains[i] = largest[static_cast<Index>(circuit.activation.kind_of(i))];
  return gains;
}

std::vector<GainWord> gain_words(const Circuit& circuit) {
  std::vector<GainWord> words;
  const Vector ratios = circuit.gain.cwiseQuotient(table_gains(circuit));
  for (const double ratio : ratios) words.push_back(gain_word(ratio));
  return words;
}

std::uint8_t tau_mantissa(double ratio) {
  const double mantissa = std::floor(256.0 * ratio + 0.5) - 1.0;
  if (mantissa < 0.0) {
    throw ClaimError("time constants span 1 : " + three_digits(1.0 / ratio) + "; the core holds at most 1 : 256");
  }
  return static_cast<std::uint8_t>(mantissa);
}

std::vector<std::uint8_t> tau_mantissas(const Vector& tau) {
  std::vector<std::uint8_t> mantissas;
  for (const double value : tau) mantissas.push_back(tau_mantissa(tau.minCoeff() / value));
  return mantissas;
}

std::vector<std::int32_t> integers(const auto& values, double lsb) {
  std::vector<std::int32_t> result;
  result.reserve(static_cast<std::size_t>(values.size()));
  for (Index i = 0; i < values.rows(); ++i) {
    for (Index j = 0; j < values.cols(); ++j) {
      result.push_back(static_cast<std::int32_t>(formats::nearest(values(i, j), lsb)));
    }
  }
  return result;
}

void check_size(const Circuit& circuit, const QuantiseOptions& options) {
  const int most = most_neurons(!circuit.is_dense());
  if (circuit.size() < 1 || circuit.size() > most) {
    formats::refuse(options, "form", "a " + options.hardware.form + " core of " + std::to_string(circuit.size()) +
                                " neurons; allowed 1 to " + std::to_string(most));
  }
}

/// The per-neuron features, each present only where neurons differ.
void set_features(FixedNetwork& network, const Circuit& circuit) {
  network.gains = gain_words(circuit);
  network.taus = tau_mantissas(circuit.tau);
  network.core.gain = std::any_of(network.gains.begin(), network.gains.end(),
                                  [](const GainWord& word) { return gain_of(word) != 1.0; });
  network.core.tau = std::any_of(network.taus.begin(), network.taus.end(), [](int m) { return m != 255; });
  if (!network.core.gain) network.gains.clear();
  if (!network.core.tau) network.taus.clear();
}

Vector shares(const FixedNetwork& network) {
  Vector result = Vector::Ones(network.neurons);
  for (std::size_t i = 0; i < network.taus.size(); ++i) result[static_cast<Index>(i)] = share_of(network.taus[i]);
  return result;
}

Vector gain_ratios(const FixedNetwork& network) {
  Vector result = Vector::Ones(network.neurons);
  for (std::size_t i = 0; i < network.gains.size(); ++i) result[static_cast<Index>(i)] = gain_of(network.gains[i]);
  return result;
}

/// What a device offers beside look-up tables and block RAM (docs/decisions/0003). Yosys makes no multiplier block of a
/// product below 11 bits.
void set_technology(CoreConfig& core, const HardwareSpec& hardware) {
  const bool up5k = hardware.target == "ice40-up5k";
  core.block_multipliers = up5k && core.memories == 0 && core.weight_bits + core.drive_bits - 1 >= 11;
  core.single_port = up5k;
}

void set_run(FixedNetwork& network, const Circuit& circuit, const HardwareSpec& hardware) {
  network.step_exponent = hardware.step_exponent;
  network.order = static_cast<int>(hardware.order);
  network.settle_threshold = hardware.settle_threshold;
  network.step_limit = step_limit(hardware);
  network.dt = std::ldexp(circuit.tau.minCoeff(), -hardware.step_exponent);
}

/// Outputs, features and weights: what no step changes. Returns the plan for the rest.
FormatPlan set_weights(const Circuit& circuit, const QuantiseOptions& options, Quantised& result) {
  FixedNetwork& network = result.network;
  network.neurons = static_cast<int>(circuit.size());
  network.core.neurons = network.neurons;
  network.core.lanes = std::clamp(options.hardware.lanes, 1, std::min(network.neurons, 512));
  set_features(network, circuit);
  FormatPlan plan;
  plan.core = network.core;
  formats::choose_drive(plan, circuit, options);
  if (circuit.is_dense()) formats::choose_weights(plan, circuit, options);
  else formats::choose_factors(plan, circuit, options);
  network.core = plan.core;
  network.lsb_weight = plan.lsb_weight;
  network.lsb_drive = plan.lsb_drive;

  Circuit& realised = result.realised;
  realised = circuit;
  realised.gain = realised_gain(network, circuit);
  realised.tau = circuit.tau.minCoeff() * shares(network).cwiseInverse();
  if (circuit.is_dense()) {
    network.weights = integers(circuit.weights, plan.lsb_weight);
    realised.factors = nullptr;  // rounded weights are no product of the patterns any more
    for (Index k = 0; k < realised.weights.size(); ++k) {
      realised.weights.data()[k] = network.weights[static_cast<std::size_t>(k)] * network.lsb_weight;
    }
  } else {
    network.factors = std::make_shared<const FixedFactors>(fixed_factors(*circuit.factors, plan.lsb_weight));
    Factors factors = realised_factors(*network.factors, network.core.memories, network.lsb_weight);
    factors.row_sums = plan.row_sums;
    realised.factors = std::make_shared<const Factors>(std::move(factors));
  }
  return plan;
}

/// Whole steps of each delay: the nearest.
std::vector<double> delay_steps(const Circuit& circuit, double dt) {
  std::vector<double> steps;
  for (const double delay : circuit.delay) steps.push_back(std::floor(delay / dt + 0.5));
  return steps;
}

/// Largest |realised − d|/d.
double delay_error(const Circuit& circuit, double dt, Index& worst) {
  double largest = 0.0;
  const std::vector<double> steps = delay_steps(circuit, dt);
  for (Index i = 0; i < circuit.delay.size(); ++i) {
    const double delay = circuit.delay[i];
    const double error = delay > 0.0 ? std::abs(steps[static_cast<std::size_t>(i)] * dt - delay) / delay : 0.0;
    if (i == 0 || error > largest) worst = i;
    largest = std::max(largest, error);
  }
  return largest;
}

/// K of "auto" for the delays, from `exponent` on: the least of which whole steps come within a thousandth of each, else the
/// largest that "auto" makes for them and that has pages for the longest.
int exponent_for_delays(const Circuit& circuit, int exponent) {
  constexpr double enough = 1e-3;
  constexpr int finest = 10;
  const auto dt = [&](int k) { return std::ldexp(circuit.tau.minCoeff(), -k); };
  Index worst = 0;
  while (exponent < finest && delay_error(circuit, dt(exponent), worst) > enough &&
         std::floor(circuit.longest_delay() / dt(exponent + 1) + 0.5) <= most_pages - 2) {
    ++exponent;
  }
  return exponent;
}

/// Delays in steps and the pages that they take, and what the realised circuit has of them.
void set_delays(const Circuit& circuit, const QuantiseOptions& options, Quantised& result) {
  FixedNetwork& network = result.network;
  network.delays.clear();
  network.longest_delay = 0;
  network.core.pages = 2;
  if (circuit.longest_delay() == 0.0) return;
  const auto refused = [&](Index i, const std::string& problem) {
    throw InputError(Location{options.file, 0}, "circuit.delay",
                     "that of neuron " + std::to_string(i) + ", " + number_text(circuit.delay[i]) + ", is " + problem);
  };
  if (!circuit.is_dense()) formats::refuse(options, "form", "\"factored\" has no delays; allowed \"dense\"");
  const std::vector<double> steps = delay_steps(circuit, network.dt);
  for (Index i = 0; i < circuit.size(); ++i) {
    const double count = steps[static_cast<std::size_t>(i)];
    if (count == 0.0 && circuit.delay[i] > 0.0) {
      refused(i, "less than half a step of the core, " + number_text(network.dt) + "; allowed: more, or a finer hardware.step");
    }
    if (count > most_pages - 2) {
      refused(i, number_text(count) + " steps of the core; allowed: " + std::to_string(most_pages - 2) + ", or a coarser hardware.step");
    }
    network.delays.push_back(static_cast<std::uint16_t>(count));
    network.longest_delay = std::max(network.longest_delay, static_cast<int>(count));
    result.realised.delay[i] = count * network.dt;
  }
  network.core.pages = 1 << clog2(network.longest_delay + 2);
  Index worst = 0;
  const bool exact = delay_error(circuit, network.dt, worst) < 1e-12;
  result.reasons.push_back("delays up to " + std::to_string(network.longest_delay) + " steps: " +
                           (exact ? "exact" : "neuron " + std::to_string(worst) + " the furthest off, " +
                                                  number_text(result.realised.delay[worst]) + " for " + number_text(circuit.delay[worst])));
}

void check_fit(const FixedNetwork& network, const QuantiseOptions& options) {
  try {
    validate(network);
  } catch (const std::invalid_argument& problem) {
    throw InputError(Location{options.file, 0}, "hardware", std::string("these formats make no core: ") + problem.what());
  }
}

/// The rest, for the step options.hardware.step_exponent.
void set_step(const Circuit& circuit, const QuantiseOptions& options, FormatPlan plan, Quantised& result) {
  FixedNetwork& network = result.network;
  formats::choose_state(plan, circuit, options, shares(network).minCoeff());
  formats::choose_table(plan, circuit, options);
  formats::choose_bias(plan, circuit, options);
  network.core = plan.core;
  network.lsb_state = plan.lsb_state;
  network.biases = integers(circuit.bias, plan.lsb_sum());
  network.tables.clear();
  network.core.slope_bits = 0;
  for (const TableFunction& function : table_functions(circuit, plan.lsb_state)) {
    network.tables.push_back(make_table(function, plan.core));
    network.core.slope_bits = std::max(network.core.slope_bits, slope_bits(network.tables.back()));
  }
  network.core.tables = static_cast<int>(network.tables.size());
  network.selectors = circuit.activation.selectors();
  set_technology(network.core, options.hardware);
  set_run(network, circuit, options.hardware);
  result.reasons = plan.reasons;
  set_delays(circuit, options, result);
  check_fit(network, options);
  result.bound = plan.bound;
}

double slope_of(const FixedNetwork& network, std::size_t table) {
  return largest_slope(network.tables[table], network.core, network.lsb_state);
}

/// β of every neuron.
Vector slopes_of(const FixedNetwork& network) {
  Vector slopes = gain_ratios(network);
  for (Index i = 0; i < slopes.size(); ++i) {
    slopes[i] *= slope_of(network, network.selectors.empty() ? 0 : network.selectors[static_cast<std::size_t>(i)]);
  }
  return slopes;
}

/// The rule of the step for the tables that a network has.
std::function<StepRule(const FixedNetwork& network)> step_rules(const Circuit& circuit, const Quantised& quantised, Order order) {
  const auto none = [](const char* why) { return [why](const FixedNetwork&) { return no_step_rule(why); }; };
  if (circuit.activation.are_hard()) return none("the units are hard");
  if (circuit.longest_delay() > 0.0) return none("outputs are heard late");
  const Vector rates = shares(quantised.network);
  if (!circuit.is_dense()) {
    return [diagonal = quantised.realised.factors->diagonal, rates, order](const FixedNetwork& network) {
      return factored_step_rule(diagonal, slopes_of(network), rates, order);
    };
  }
  const Vector scaling = symmetriser(circuit.weights);
  if (scaling.size() == 0) return none("W is not symmetric");
  if (circuit.activation.kinds().size() > 1) {   // whose slopes need not keep their ratios
    return [weights = quantised.realised.weights, scaling, rates, order](const FixedNetwork& network) {
      return StepRules(weights, scaling, slopes_of(network), rates, order).at(1.0);
    };
  }
  const auto rules =
      std::make_shared<const StepRules>(quantised.realised.weights, scaling, gain_ratios(quantised.network), rates, order);
  return [rules](const FixedNetwork& network) { return rules->at(slope_of(network, 0)); };
}

}  // namespace

Quantised quantise(const Circuit& circuit, const QuantiseOptions& options) {
  check_size(circuit, options);
  QuantiseOptions chosen = options;
  Quantised result;
  const FormatPlan plan = set_weights(circuit, options, result);
  std::function<StepRule(const FixedNetwork&)> rules;
  StepRule rule;
  const FixedNetwork& network = result.network;
  const auto holds = [&] { return !rule.exists || rule.holds(std::ldexp(1.0, -chosen.hardware.step_exponent)); };
  if (options.hardware.automatic_step) chosen.hardware.step_exponent = exponent_for_delays(circuit, chosen.hardware.step_exponent);
  for (;; ++chosen.hardware.step_exponent) {
    set_step(circuit, chosen, plan, result);
    if (!rules) rules = step_rules(circuit, result, options.hardware.order);
    rule = rules(network);
    if (!options.hardware.automatic_step || holds() || chosen.hardware.step_exponent == finest_step) break;
  }
  if (!options.hardware.allow_unstable_step) require_stable(rule, chosen.hardware.step_exponent, options.hardware.order);
  for (Index i = 0; i < circuit.size(); ++i) {
    result.realised.bias[i] = network.biases[static_cast<std::size_t>(i)] * network.lsb_sum();
  }
  result.stability_limit = rule.exists ? rule.limit() : 0.0;
  result.stability_note = holds() ? rule.note : "no energy argument: the step breaks the stability rule, as the design allows";
  return result;
}

std::int64_t step_limit(const HardwareSpec& hardware) {
  constexpr int usual_exponent = 5;
  constexpr std::int64_t most_steps = 2147483647;
  const int finer = hardware.automatic_step ? std::max(0, hardware.step_exponent - usual_exponent) : 0;
  return std::min(hardware.max_steps << finer, most_steps);
}

Vector realised_gain(const FixedNetwork& network, const Circuit& core) { return table_gains(core).cwiseProduct(gain_ratios(network)); }

std::vector<std::int32_t> raw_bias(const FixedNetwork& network, const Vector& bias) {
  return integers(bias, network.lsb_sum());
}

}  // namespace basin
