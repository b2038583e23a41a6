#include "models/fixed/formats.hpp"

#include <algorithm>
#include <cmath>

#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "models/fixed/table.hpp"

namespace basin::formats {
namespace {

constexpr int least_shift = -16;
constexpr int most_shift = 31;

bool is_hard(const Circuit& circuit) { return circuit.activation.are_hard(); }

/// What each of table, output codes and state rounding may do to u in one time constant, as a fraction of B. Where a saddle
/// has just vanished the drive is small for tens of τ: errors add up there, and a dead band wider than the drive ends the
/// recall. An eighth of the limit leaves room for both; a limit looser than 1e-3 judges mildly and coarsens nothing
/// (docs/math.md, Quantisation).
double error_share(const QuantiseOptions& options) {
  constexpr double coarsest_aim = 1e-3, shares = 8.0;
  return std::min(options.max_state_deviation, coarsest_aim) / shares;
}

double step_count(const QuantiseOptions& options, double slowest) {   // 1/h of the slowest neuron
  return std::ldexp(1.0, options.hardware.step_exponent) / slowest;
}

/// How far |u| may exceed max(|u0|, B): docs/math.md, Quantisation. Order 2 with h = 1 has no bound; it needs
/// allow_unstable_step, and may raise the overflow flag.
double headroom(const QuantiseOptions& options) {
  if (options.hardware.order == Order::one || options.hardware.step_exponent >= 2) return 1.0;
  return options.hardware.step_exponent == 1 ? 1.25 : 4.0;
}

/// B of the realised weights and biases, cue biases included, at least max|u0|.
double realised_bound(const FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options) {
  const Vector rows = plan.row_sums + Vector(realised(circuit.bias, plan.lsb_sum()).cwiseAbs());
  const double bound = std::max(rows.maxCoeff() + options.largest_cue_bias, options.largest_start);
  return bound > 0.0 ? bound : 1.0;   // nothing moves
}

/// Largest s with 2^s·LSB_n ≤ `largest`.
int shift_below(double largest, double lsb_sum) { return static_cast<int>(std::floor(std::log2(largest / lsb_sum))); }

/// Largest |u| over a run, in LSB_u = `lsb`: rounding adds up to half an LSB for each of 1/h steps, a bias up to LSB_n.
double range_in(const FormatPlan& plan, const QuantiseOptions& options, double lsb, double slowest) {
  return headroom(options) * ((plan.bound + plan.lsb_sum()) / lsb + 0.5 * step_count(options, slowest)) + 1.0;
}

/// s of `auto`: 2^K LSB_u ≤ error_share·B, the slowest neuron's 2^K counting.
int automatic_shift(const FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options, double slowest) {
  const double coarsest = error_share(options) * plan.bound / step_count(options, slowest);
  const int shift = std::min(shift_below(coarsest, plan.lsb_sum()), is_hard(circuit) ? 0 : most_shift);
  if (shift < least_shift) {
    refuse(options, "state", "\"auto\" would need a state finer than 2^-16 of a weight times an output for max_state_deviation = " +
                        three_digits(options.max_state_deviation) + "; allow more, or give a format");
  }
  return shift;
}

/// s of an explicit width without a point: the finest state that holds the range.
int finest_shift(const FormatPlan& plan, const QuantiseOptions& options, double slowest, int bits) {
  for (int shift = least_shift; shift <= most_shift; ++shift) {
    const double lsb = std::ldexp(plan.lsb_sum(), shift);
    if (range_in(plan, options, lsb, slowest) <= std::ldexp(1.0, bits - 1) - 1.0) return shift;
  }
  refuse(options, "state", std::to_string(bits) + " bits hold no state of this step; allowed more bits, or a coarser step");
}

int choose_shift(const FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options, double slowest) {
  const HardwareSpec& hardware = options.hardware;
  if (!hardware.state_bits) return automatic_shift(plan, circuit, options, slowest);
  if (!hardware.state_fraction) return finest_shift(plan, options, slowest, *hardware.state_bits);
  const int shift = shift_below(std::ldexp(1.0, -*hardware.state_fraction), plan.lsb_sum());
  if (shift < least_shift || shift > most_shift) {
    refuse(options, "state", std::to_string(*hardware.state_fraction) + " bits after the point are out of reach of the weights' " +
                        "unit; allowed " + three_digits(std::floor(-std::log2(std::ldexp(plan.lsb_sum(), most_shift)))) +
                        " to " + three_digits(std::floor(-std::log2(std::ldexp(plan.lsb_sum(), least_shift)))));
  }
  return shift;
}

/// Where the table may end: the output is the full code there, or the state never comes that far.
double table_reach(const FormatPlan& plan, const Circuit& circuit) {
  if (is_hard(circuit)) return plan.lsb_state;
  const Vector gains = largest_gains(circuit);
  double reach = 0.0;
  for (Index kind = 0; kind < gains.size(); ++kind) {
    const Activation& activation = circuit.activation.kinds()[static_cast<std::size_t>(kind)];
    const double flat = activation.is_odd() ? activation.saturation(0.5 * plan.lsb_drive) : activation.flat_beyond();
    reach = std::max(reach, flat / gains[kind]);
  }
  return std::min(reach, plan.range);
}

void automatic_segments(FormatPlan& plan, const std::vector<TableFunction>& functions, double allowed) {
  constexpr int fewest = 3, most = 9;   // log2
  const int finest = std::min(most, plan.core.span_log2());
  double error = 0.0;
  for (int g = std::min(fewest, finest); g <= finest; ++g) {
    plan.core.table_segments = 1 << g;
    error = 0.0;
    for (const TableFunction& function : functions) error = std::max(error, interpolation_error(function, plan.core));
    if (error <= allowed) break;
  }
  plan.reasons.push_back("table " + std::to_string(plan.core.table_segments) + " segments: interpolation within " +
                         three_digits(error) + (error <= allowed ? "" : ", more than the " + three_digits(allowed) + " aimed at"));
}

void given_segments(FormatPlan& plan, const QuantiseOptions& options) {
  const int segments = *options.hardware.table_segments;
  plan.core.table_segments = segments;
  if (plan.core.segment_shift() >= 0) return;
  refuse(options, "activation_table", std::to_string(segments) + " segments on a table of 2^" +
                                 std::to_string(plan.core.span_log2()) + " states; allowed at most that many");
}

}  // namespace

std::int64_t nearest(double x, double lsb) { return static_cast<std::int64_t>(std::floor(x / lsb + 0.5)); }

Matrix realised(const Matrix& values, double lsb) { return ((values / lsb).array() + 0.5).floor() * lsb; }


void refuse(const QuantiseOptions& options, const std::string& key, const std::string& problem) {
  throw InputError(Location{options.file, 0}, "hardware." + key, problem);
}

void choose_drive(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options) {
  constexpr int fewest = 4, most = 16;
  const double codes = std::ceil(1.0 / error_share(options));
  const int automatic = is_hard(circuit) ? 2 : std::clamp(clog2(static_cast<std::int64_t>(codes) + 1) + 1, fewest, most);
  plan.core.drive_bits = options.hardware.drive_bits.value_or(automatic);
  plan.lsb_drive = 1.0 / plan.core.full_code();
  if (options.hardware.drive_bits) return;
  const bool fine = is_hard(circuit) || plan.lsb_drive <= error_share(options);
  plan.reasons.push_back("outputs " + std::to_string(automatic) + " bits: LSB_V = " + three_digits(plan.lsb_drive) +
                         (fine ? "" : ", the finest there is, coarser than the " + three_digits(error_share(options)) + " aimed at"));
}

void choose_state(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options, double slowest) {
  plan.bound = realised_bound(plan, circuit, options);
  plan.core.state_shift = choose_shift(plan, circuit, options, slowest);
  plan.lsb_state = std::ldexp(plan.lsb_sum(), plan.core.state_shift);
  const double range = range_in(plan, options, plan.lsb_state, slowest);
  plan.range = range * plan.lsb_state;
  const double needed = std::ceil(std::log2(range + 1.0)) + 1.0;
  const double most = options.hardware.state_bits.value_or(32);
  if (needed > most) {
    refuse(options, "state", "the circuit reaches |u| = " + three_digits(plan.range) + ", which takes " + three_digits(needed) +
                        " bits of 1/" + three_digits(1.0 / plan.lsb_state) + "; allowed at most " + three_digits(most));
  }
  plan.core.state_bits = options.hardware.state_bits.value_or(std::max(4, static_cast<int>(needed)));
  if (!options.hardware.state_bits) {
    plan.reasons.push_back("states " + std::to_string(plan.core.state_bits) + " bits: |u| up to " +
                           three_digits(plan.range) + " in units of " + three_digits(plan.lsb_state));
  }
}

void choose_table(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options) {
  plan.core.table_odd = circuit.activation.are_odd();
  const double states = std::ceil(table_reach(plan, circuit) / plan.lsb_state);
  plan.core.table_domain = std::clamp(clog2(static_cast<std::int64_t>(states)), 1, plan.core.state_bits - 1);
  if (options.hardware.table_segments) return given_segments(plan, options);
  automatic_segments(plan, table_functions(circuit, plan.lsb_state), error_share(options));
}

void choose_bias(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options) {
  constexpr int fewest = 8, most = 32;
  const double largest = (circuit.bias.cwiseAbs().maxCoeff() + options.largest_cue_bias) / plan.lsb_sum() + 1.0;
  const double needed = std::ceil(std::log2(largest + 1.0)) + 1.0;
  if (needed > most) {
    refuse(options, "weight", "a bias is " + three_digits(largest) + " units of weight times output, which takes more than 32 bits; "
                     "fewer weight bits make the unit larger");
  }
  plan.core.bias_bits = std::max(fewest, static_cast<int>(needed));
}

}  // namespace basin::formats
