#pragma once

#include <string>
#include <vector>

#include "models/fixed/quantise.hpp"

/// How the formats of a network are chosen: docs/math.md, Quantisation. Each function sets its part of a FormatPlan from the
/// parts before it, and says why.
namespace basin::formats {

/// The formats under choice and what they were chosen for.
struct FormatPlan {
  CoreConfig core;
  double lsb_weight = 1.0;
  double lsb_drive = 1.0;
  double lsb_state = 1.0;
  Vector row_sums;          // Σ_j|W_ij| of the realised weights, N
  double bound = 0.0;       // B of the realised weights, with cue biases, at least max|u0|
  double range = 0.0;       // largest |u| that can be reached
  std::vector<std::string> reasons;

  [[nodiscard]] double lsb_sum() const { return lsb_weight * lsb_drive; }
};

/// round-half-up(x/lsb).
std::int64_t nearest(double x, double lsb);
/// Throws InputError about a key of `[hardware]`.
[[noreturn]] void refuse(const QuantiseOptions& options, const std::string& key, const std::string& problem);

/// The values that a matrix or vector has as multiples of `lsb`.
Matrix realised(const Matrix& values, double lsb);
/// Whether weights that rounding moves by `error` (max_i Σ_j|δW_ij|) keep every margin, and an estimate of the total deviation
/// within its limit.
bool enough(const Circuit& circuit, const QuantiseOptions& options, double error);
/// drive_bits: LSB_V ≤ limit/8.
void choose_drive(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options);
/// weight_bits and LSB_W.
void choose_weights(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options);
/// The same of a circuit that holds W as factors: M, the width of Â and its unit.
void choose_factors(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options);
/// bound, state_shift, state_bits, LSB_u. `slowest` is the least h_i/h.
void choose_state(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options, double slowest);
/// table_odd, table_domain, table_segments.
void choose_table(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options);
/// bias_bits.
void choose_bias(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options);

}  // namespace basin::formats
