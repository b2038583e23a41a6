#include "sim/reference/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/fixed/quantise.hpp"
#include "models/fixed/stability.hpp"
#include "models/ode/dense_coupling.hpp"
#include "models/ode/factored_coupling.hpp"
#include "models/ode/run_limits.hpp"
#include "models/ode/sparse_coupling.hpp"
#include "models/ode/symmetric_coupling.hpp"
#include "sim/reference/cues.hpp"
#include "sim/reference/phases.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/reference/simulation.hpp"

namespace basin {
namespace {

constexpr double number_bytes = 8.0;

// Seconds an operation, one core, Eigen without BLAS.
constexpr double multiply_add = 2.5e-10;        // of a matrix product; each of the others times N³
constexpr double factorise = 2.0e-10;           // LU
constexpr double definite = 1.0e-10;            // symmetriser and Cholesky
constexpr double all_eigenvalues = 1.0e-8;      // of a Jacobian
constexpr double symmetric_eigenvalues = 1e-9;  // the same when W can be made symmetric, and of the stability rule
constexpr double newton_steps = 3.0;            // from a settled state
constexpr double unit_seconds = 2.0e-9;         // a neuron's tanh and sums, an evaluation

/// Hidden units that the rule may add: one a memory at most, and far fewer unless asked for (`sequence`: always).
double hidden_units(const MemorySpec& memory) {
  if (memory.rule == Rule::polynomial || memory.rule == Rule::sequence) return static_cast<double>(memory.patterns.rows());
  if (memory.rule != Rule::any || memory.visible_only) return 0.0;
  return memory.hidden_memories ? static_cast<double>(memory.patterns.rows()) : 1.0;
}

/// Sizes that every estimate needs.
struct Sizes {
  double neurons;
  double matrix;     // bytes of N × N numbers
  double cubed;      // N³
  double memories;
  double cues;
  double threads;    // that have work

  Sizes(const Design& design, int jobs)
      : neurons(design.neurons + hidden_units(design.memory)),
        matrix(number_bytes * neurons * neurons),
        cubed(neurons * neurons * neurons),
        memories(static_cast<double>(design.memory.patterns.rows())),
        cues(static_cast<double>(cue_count(design))),
        threads(std::min(std::max(cues, 1.0), static_cast<double>(std::max(jobs, 1)))) {}
};

/// Seconds of one product W V in the form that will be chosen, as far as the rule alone tells it.
double product_seconds(const Design& design) {
  const double n = design.neurons;
  const double dense = DenseCoupling<double>::cost(n);
  const double symmetric = std::min(dense, SymmetricCoupling<double>::cost(n));
  const double m = static_cast<double>(design.memory.patterns.rows());
  double cost = dense;
  if (design.circuit.weights) {
    const auto entries = static_cast<double>((design.circuit.weights->array() != 0.0).count());
    cost = std::min(dense, SparseCoupling<double>::cost(n, entries));
  } else if (design.memory.rule == Rule::hebb) {
    cost = std::min(symmetric, FactoredCoupling<double>::cost(n, m, true, true));
  } else if (design.memory.rule == Rule::pseudo_inverse) {
    cost = std::min(symmetric, FactoredCoupling<double>::cost(n, m, true, false));
  }
  return 1e-9 * cost;
}

/// The longest time constant, and the shortest, of the design; R of input_resistance ρ is at most ρ.
std::pair<double, double> time_constants(const CircuitSpec& spec) {
  Vector tau = spec.tau;
  if (spec.units == Units::physical) {
    tau = spec.capacitance.cwiseProduct(spec.resistance.size() > 0 ? spec.resistance : spec.input_resistance);
  }
  return tau.size() > 0 ? std::pair{tau.maxCoeff(), tau.minCoeff()} : std::pair{1.0, 1.0};
}

/// Evaluations of the right-hand side in one run of `duration`, in the shortest time constant: steps for accuracy while the
/// state moves, then as many as keep the method stable.
double evaluations(double duration, double rtol) {
  constexpr double a_step = 7.0;      // dopri5, and the checks
  constexpr double longest_step = 3.0;
  const double moving = 31.0 * std::pow(1e-6 / rtol, 0.2);
  return a_step * (moving + duration / longest_step);
}

/// Of the phases that the design names, or that its hidden units bring with them.
double hold_duration(const Design& design) {
  const bool hidden = hidden_units(design.memory) > 0.0 && design.memory.rule != Rule::sequence;
  const auto phases = static_cast<double>(design.recall.hold ? design.recall.hold->size() : hidden ? 2 : 0);
  if (phases == 0.0) return 0.0;
  const std::vector<double>& times = design.recall.hold_time;
  if (times.empty()) return phases * usual_hold * time_constants(design.circuit).first;
  return times.size() == 1 ? phases * times.front() : std::accumulate(times.begin(), times.end(), 0.0);
}

/// Of a recall until it comes within `share` of the scale of a state, in the shortest time constant.
double duration_within(const Design& design, double share) {
  const auto [longest, shortest] = time_constants(design.circuit);
  if (design.memory.rule == Rule::sequence) {   // until a cycle of about M τ_slow is recognised
    constexpr double periods = 12.0, first = 16.0;
    const double rounds = first + periods * static_cast<double>(design.memory.patterns.rows());
    return std::min(rounds, longest_run) * design.memory.tau_slow * longest / shortest;
  }
  constexpr double recall = 10.0;     // before the exponential approach, in time constants
  return ((recall - std::log(share)) * longest + hold_duration(design)) / shortest;
}

/// Of a run until it settles, in the shortest time constant.
double usual_duration(const Design& design) { return duration_within(design, 10.0 * design.simulate.rtol); }

/// Λ, as far as the design tells it: −λ_min of XᵀX/N or of a projection, less its diagonal; of given weights at most a row's
/// sum. 0 where nothing is known, or where no rule limits the step.
double inhibition(const Design& design) {
  const CircuitSpec& spec = design.circuit;
  const auto memories = static_cast<double>(design.memory.patterns.rows());
  if (design.memory.rule == Rule::hebb || design.memory.rule == Rule::pseudo_inverse) return memories / design.neurons;
  if (!spec.weights || !spec.weights->isApprox(spec.weights->transpose())) return 0.0;
  Vector rows = spec.weights->cwiseAbs().rowwise().sum();
  if (spec.units == Units::physical && spec.resistance.size() > 0) rows = rows.cwiseProduct(spec.resistance);
  else if (spec.units == Units::physical) rows = rows.cwiseQuotient(spec.input_resistance.cwiseInverse() + rows);
  return rows.maxCoeff();
}

/// K that quantise() chooses, about.
int step_exponent(const Design& design) {
  const HardwareSpec& hardware = design.hardware;
  if (!hardware.automatic_step || design.circuit.activation == ActivationKind::hard) return hardware.step_exponent;
  const double steepness = 1.0 + design.circuit.gain.maxCoeff() * inhibition(design);
  const double limit = (hardware.order == Order::one ? 2.0 : 1.0) / steepness;   // docs/math.md, stability of the step
  return std::clamp(static_cast<int>(std::floor(-std::log2(limit))) + 1, hardware.step_exponent, finest_step);
}

/// Steps of a recall until its states are rounded to where they stay.
double network_steps(const Design& design) {
  HardwareSpec hardware = design.hardware;
  hardware.step_exponent = step_exponent(design);
  const double rounding = std::min(design.verify.max_state_deviation, 1e-3) / 8.0;   // docs/math.md, quantisation
  return std::min(std::ldexp(duration_within(design, rounding), hardware.step_exponent),
                  static_cast<double>(step_limit(hardware)));
}

/// Evaluations of a run of `duration` by simulate(), whose steps delays and noise shorten.
double simulated_evaluations(const Design& design, double duration) {
  if (design.noise.temperature) return noisy_evaluations(design);
  const double shortest = time_constants(design.circuit).second;
  double most_steps = 0.0;
  for (const double delay : design.circuit.delay) {
    if (delay > 0.0) most_steps = std::max(most_steps, duration * shortest / delay);
  }
  return evaluations(duration, design.simulate.rtol) + 7.0 * most_steps;
}

double run_seconds(const Design& design, double duration) {
  return simulated_evaluations(design, duration) * (product_seconds(design) + unit_seconds * design.neurons);
}

double learning_seconds(const Design& design, const Sizes& sizes) {
  const double once = multiply_add * sizes.memories * sizes.neurons * sizes.neurons;
  switch (design.memory.rule) {
    case Rule::none: return 0.0;
    case Rule::polynomial:
    case Rule::hebb: return once;
    case Rule::covariance: return 2.0 * once;
    case Rule::unlearning:
      return once + 6.0 * multiply_add * design.memory.unlearning_count * sizes.neurons * sizes.neurons;
    case Rule::pseudo_inverse: return 3.0 * once + 4.0 * multiply_add * sizes.memories * sizes.memories * sizes.neurons;
    case Rule::storkey: return 4.0 * once;
    case Rule::sequence: {
      constexpr double steps_a_tau = 16.0;   // of the run that checks the order, twice round
      const auto [longest, shortest] = time_constants(design.circuit);
      const double steps = steps_a_tau * design.memory.tau_slow * (sizes.memories + 1.0) * longest / shortest;
      return 6.0 * once + 2.0 * multiply_add * steps * sizes.neurons * sizes.neurons;
    }
    case Rule::perceptron:
    case Rule::max_margin:
    case Rule::any: break;
  }
  constexpr double usual_epochs = 100.0;
  return 4.0 * usual_epochs * once;
}

/// Seconds for what follows a run of simulate(): Newton's method, then the eigenvalues.
struct Polishing {
  double a_cue;
  double a_memory;

  Polishing(const Design& design, Keep kept, const Sizes& sizes) {
    if (!design.amplifier.is_ideal()) {
      const bool lags = design.amplifier.gain_bandwidth_hz.size() > 0 || design.amplifier.slew_rate_v_per_s.size() > 0;
      a_cue = a_memory = (newton_steps * factorise + all_eigenvalues) * (lags ? 8.0 : 1.0) * sizes.cubed;   // of 2 N states
      return;
    }
    if (kept == Keep::matrix) {
      const bool symmetric = design.memory.rule != Rule::none && design.memory.symmetric;
      a_cue = (newton_steps * factorise + (symmetric ? symmetric_eigenvalues : all_eigenvalues)) * sizes.cubed;
      a_memory = (newton_steps * factorise + definite) * sizes.cubed;
      return;
    }
    constexpr double bisections = 32.0;
    const double once = multiply_add * sizes.memories * sizes.memories * sizes.neurons;
    a_cue = (newton_steps + 1.0 + bisections) * once;
    a_memory = (newton_steps + 1.0) * once;
  }
};

/// Learned, circuit and core keep W each.
constexpr double designed_matrices = 3.0;

}  // namespace

double noisy_evaluations(const Design& design) {
  const auto [longest, shortest] = time_constants(design.circuit);
  const double latest = design.circuit.delay.size() > 0 ? design.circuit.delay.maxCoeff() : 0.0;
  const double end = design.simulate.t_end.value_or(end_with_noise * std::max(longest, latest));
  return 2.0 * end / design.noise.step.value_or(noise_step * shortest);
}

Estimate estimate_simulation(const Design& design, int jobs, bool csv) {
  const Sizes sizes(design, jobs);
  const bool sampled = design.simulate.samples > 0;
  const double duration =
      design.simulate.t_end ? *design.simulate.t_end / time_constants(design.circuit).second : usual_duration(design);
  const double runs = sampled && !design.simulate.t_end ? 2.0 : 1.0;
  const Polishing polishing(design, kept_for_simulation(design), sizes);
  const double a_cue = runs * run_seconds(design, duration) + polishing.a_cue;

  // A thread: the cue's circuit, its free part where it clamps, and what the eigenvalues take. At the end: /weights and the HDF5 image.
  const bool dense = kept_for_simulation(design) == Keep::matrix;
  const bool clamps = design.cues.present && design.cues.as == CueUse::clamp;
  const double running = ((dense ? 6.0 : 4.0) + (clamps ? 1.0 : 0.0)) * sizes.threads;
  const double writing = dense ? 3.0 : 0.0;
  const double states = 160.0 * sizes.cues * sizes.neurons;  // ends, eigenvalues, their text
  const double rows = sampled ? sizes.cues * (design.simulate.samples + 1.0) * sizes.neurons : 0.0;
  const double a_sample = 6.0 * number_bytes + (csv ? 2.0 * 20.0 : 0.0);  // run, u, V, image; text
  Estimate estimate;
  const double patterns = number_bytes * sizes.memories * sizes.neurons;
  const double a_matrix = dense ? sizes.matrix : patterns;   // what stands for W
  estimate.bytes = (designed_matrices + std::max(running, writing)) * a_matrix + 3.0 * patterns + states + rows * a_sample;
  estimate.seconds = learning_seconds(design, sizes) + a_cue * std::ceil(sizes.cues / sizes.threads) +
                     polishing.a_memory * sizes.memories;
  return estimate;
}

Estimate estimate_verification(const Design& design, int jobs, int simulators) {
  const Sizes sizes(design, jobs);
  const double steps = network_steps(design);
  const double lanes = design.hardware.lanes;
  const bool factored = kept_for_hardware(design) == Keep::factors;
  const double products = factored ? sizes.memories * (2.0 * sizes.neurons + sizes.memories) : sizes.neurons * sizes.neurons;
  const double cycles = steps * (products / lanes + sizes.neurons);
  const double cycle_seconds = 3e-7 + 3e-8 * lanes;        // docs/performance-hardware.md
  constexpr double golden = 4e-10;                         // a product of the specification
  const bool together = !factored && hold_duration(design) == 0.0;
  const double reference_runs = together ? 12.0 : 20.0;    // realised, designed, and the probes, which may run together
  constexpr double factorisations = 10.0;
  constexpr double factored_polishings = 20.0;             // an end each: nothing is kept from one to the next
  const Polishing polishing(design, kept_for_hardware(design), sizes);
  const double newton = factored ? factored_polishings * polishing.a_memory : factorisations * factorise * sizes.cubed;
  const double a_cue = reference_runs * run_seconds(design, usual_duration(design)) + newton +
                       simulators * cycles * cycle_seconds + golden * steps * products;

  // The realised circuit and the integers beside the designed ones; a thread: two circuits, a form each, what Newton's
  // method takes, and the engines' weights.
  const double kept = designed_matrices + 1.5;
  const double running = 8.0 * sizes.threads;
  const double stability = 4.0;
  const double states = sizes.cues * steps * sizes.neurons;
  constexpr double a_state = 4.0 + 3.0 * number_bytes / 4.0 + 4.0;   // trace, thinned samples with u and V, u_raw
  const double a_matrix = factored ? number_bytes * sizes.memories * sizes.neurons : sizes.matrix;   // what stands for W
  Estimate estimate;
  const double probed = std::min(probed_together_bytes, sizes.cues * (3.0 * sizes.matrix + number_bytes * steps * sizes.neurons));
  estimate.bytes = (kept + std::max(running, stability)) * a_matrix + (together ? sizes.threads * probed : 0.0) +
                   states * a_state + sizes.threads * steps * sizes.neurons * 2.0 * number_bytes;
  estimate.seconds = learning_seconds(design, sizes) + (factored ? 0.0 : symmetric_eigenvalues * sizes.cubed) +
                     a_cue * std::ceil(sizes.cues / sizes.threads) + polishing.a_memory * sizes.memories;
  return estimate;
}

Estimate estimate_atlas(const Design& design, int jobs, std::size_t starts) {
  const Sizes sizes(design, jobs);
  const bool factored = kept_for_hardware(design) == Keep::factors;
  const double products = factored ? sizes.memories * (2.0 * sizes.neurons + sizes.memories) : sizes.neurons * sizes.neurons;
  constexpr double batched = 5e-11;   // a product of the fixed-point model, many recalls side by side
  constexpr double together = 0.5;    // of a run alone, where the circuit's runs share their panel
  const bool alone = factored || hold_duration(design) > 0.0;
  const Polishing polishing(design, kept_for_hardware(design), sizes);
  const double newton = factored ? polishing.a_memory : (newton_steps * factorise + definite) * sizes.cubed;
  const double a_start = (alone ? 1.0 : together) * run_seconds(design, usual_duration(design)) + 2.0 * newton +
                         batched * network_steps(design) * products;
  const double threads = std::max(jobs, 1);
  const double a_matrix = factored ? number_bytes * sizes.memories * sizes.neurons : sizes.matrix;
  constexpr double a_start_states = 8.0;   // of N numbers: starts and ends on their way; those kept are fewer
  Estimate estimate;
  estimate.bytes = (designed_matrices + 1.5 + 4.0 * threads) * a_matrix +
                   a_start_states * number_bytes * sizes.neurons * static_cast<double>(starts);
  estimate.seconds = learning_seconds(design, sizes) + a_start * static_cast<double>(starts) / threads;
  return estimate;
}

}  // namespace basin
