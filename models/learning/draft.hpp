#pragma once

#include <optional>

#include "models/circuit/activation.hpp"
#include "models/design/types.hpp"

namespace basin {

/// Weights in whole numbers, over bipolar units in core coordinates, whose common unit and gain are chosen afterwards. Of
/// N visible neurons and h hidden units after them, which have no weights among themselves.
struct Draft {
  Matrix weights;        // (N + h)²
  Vector bias;           // N + h
  Vector gain;           // λ_i over the largest gain of the visible neurons, N + h
  Vector resistance;     // R_i over the visible neurons' mean, h; powers of two
  Matrix states;         // outputs of the memories, M × (N + h); ±1 but for hidden units in their linear range
  Vector margins;        // least ξ_i(Σ_j W_ij V_j + b_i) over the visible neurons at each memory, M: a proved lower bound
  std::vector<int> weakest;   // neuron of each
  int bits = 0;          // that hold every weight
  double unit = 1.0;     // of the whole numbers, where the weights they were made of had a margin of 1

  [[nodiscard]] Index hidden() const { return resistance.size(); }
  [[nodiscard]] double margin() const { return margins.minCoeff(); }
};

/// Sets `margins` and `weakest`. Sums of whole numbers below 2^53 are exact; what outputs of hidden units in their linear
/// range may be off by is taken away.
void set_margins(Draft& draft, const Matrix& patterns);

/// The weights and biases of a margin of 1, rounded to the fewest bits from `fewest` that keep nine tenths of it (what is
/// left of it with `most` bits, else). Empty when no margin is left.
std::optional<Draft> visible_draft(const Matrix& patterns, const Matrix& weights, const Vector& bias, int fewest, int most);

/// `weights` whose diagonal is not zero, with self-weights replaced by hidden units: `groups` of them, each an amplifier in
/// its linear range that sums its neurons and feeds them back, and whose effect on every other neuron of the group is taken
/// out of the weights (docs/math.md). `steepness` is L = λ·margin of the finished circuit, `gain_ratio` the largest gain of
/// the visible neurons over the least. Empty when the formats can't hold it.
std::optional<Draft> feeding_draft(const Matrix& patterns, const Matrix& weights, const Vector& bias, Index groups,
                                   double steepness, double gain_ratio, const Activation& activation, int fewest, int most);

/// A hidden unit a memory, which sees that memory alone and answers up to ρ wrong signs, ρ = ⌊(D − 1)/2⌋ of the least
/// Hamming distance D: ternary weights.
Draft memory_draft(const Matrix& patterns);
/// The L = λ·margin for which memory_draft() is proved for tanh: 2L − ½ ≥ ln(8LM), M = max(N, memories).
double memory_steepness(Index neurons, Index memories);

}  // namespace basin
