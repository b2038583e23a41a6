#include <algorithm>
#include <cmath>
#include <optional>

#include "models/design/text.hpp"
#include "models/design/weight_bits.hpp"
#include "models/fixed/formats.hpp"

namespace basin::formats {
namespace {

/// A unit of which every weight is a multiple that `bits` hold, from the rule's own.
std::optional<double> exact_unit(const Matrix& weights, double scale, int bits) {
  if (!(scale > 0.0)) return std::nullopt;
  for (const double unit : {scale, scale / 2.0}) {   // a (0, 1) unit halves its column
    const Matrix multiples = weights / unit;
    const bool whole = (multiples.array() - multiples.array().round()).abs().maxCoeff() <= 1e-6;
    if (whole && multiples.cwiseAbs().maxCoeff() <= largest_weight(bits) + 0.5) return unit;
  }
  return std::nullopt;
}

/// The least 2^j/(λ·LSB_V) ≥ `least`: the kink of a clipped-linear unit then falls on a power of two of states.
double aligned_unit(double least, double gain, double lsb_drive) {
  return std::ldexp(1.0 / (gain * lsb_drive), static_cast<int>(std::ceil(std::log2(least * gain * lsb_drive) - 1e-12)));
}

/// Of a circuit whose weights are all zero: one that lets its biases share the range.
double unit_without_weights(const Circuit& circuit, int bits) {
  const double largest = circuit.bias.cwiseAbs().maxCoeff();
  return (largest > 0.0 ? largest : 1.0) / largest_weight(bits);
}

double weight_unit(const Circuit& circuit, const QuantiseOptions& options, double lsb_drive, int bits) {
  const double largest = circuit.weights.cwiseAbs().maxCoeff();
  if (!(largest > 0.0)) return unit_without_weights(circuit, bits);
  if (const auto unit = exact_unit(circuit.weights, options.exact_scale, bits)) return *unit;
  const double least = largest / largest_weight(bits);
  if (!circuit.activation.are(ActivationKind::clipped_linear)) return least;
  return aligned_unit(least, circuit.gain.maxCoeff(), lsb_drive);
}

/// max_i Σ_j |W_ij − realised W_ij|: how far rounding can move a neuron's field, whatever the outputs.
double row_error(const Matrix& weights, double unit) {
  const Matrix multiples = weights / unit;
  const Matrix nearest_integers = (multiples.array() + 0.5).floor();
  const double error = (multiples - nearest_integers).cwiseAbs().rowwise().sum().maxCoeff();
  constexpr double rounding = 1e-9;   // of the division above: whole numbers of units
  return error > rounding ? unit * error : 0.0;
}

/// Estimate of deviation.total, as a fraction of B: the row error four times over, for the circuit amplifies it.
double estimated_total(const Circuit& circuit, double error) {
  return error > 0.0 ? 4.0 * error / invariant_bound(circuit) : 0.0;
}

std::string reason(const QuantiseOptions& options, int bits, double error) {
  std::string text = "weights " + std::to_string(bits) + " bits: ";
  if (error == 0.0) return text + "exact";
  text += "rounding moves a neuron's field by at most " + three_digits(error);
  if (options.smallest_margin > 0.0) text += ", the smallest margin is " + three_digits(options.smallest_margin);
  return text;
}

}  // namespace

bool enough(const Circuit& circuit, const QuantiseOptions& options, double error) {
  const bool margins_hold = options.smallest_margin <= 0.0 || error < options.smallest_margin;
  return margins_hold &&
         (!options.max_total_deviation || estimated_total(circuit, error) <= *options.max_total_deviation);
}

void choose_weights(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options) {
  const bool automatic = !options.hardware.weight_bits;
  int bits = options.hardware.weight_bits.value_or(options.exact_bits > 0 ? options.exact_bits : usual_weight_bits);
  double unit = weight_unit(circuit, options, plan.lsb_drive, bits);
  double error = row_error(circuit.weights, unit);
  while (automatic && bits < most_weight_bits && !enough(circuit, options, error)) {
    ++bits;
    unit = weight_unit(circuit, options, plan.lsb_drive, bits);
    error = row_error(circuit.weights, unit);
  }
  plan.core.weight_bits = bits;
  plan.lsb_weight = unit;
  plan.row_sums = realised(circuit.weights, unit).cwiseAbs().rowwise().sum();
  if (automatic) plan.reasons.push_back(reason(options, bits, error));
}

}  // namespace basin::formats
