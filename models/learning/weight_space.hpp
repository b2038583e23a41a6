#pragma once

#include "models/design/design.hpp"

namespace basin {

/// The weights that a restricted rule may use: `[memory] symmetric`, `topology` and `polarity` as bounds of each weight.
/// The diagonal is always zero.
struct WeightSpace {
  static constexpr double no_limit = 1e300;

  Index neurons = 0;
  bool symmetric = true;   // W_ij and W_ji are one weight
  Matrix low, high;        // N × N, −1 or 0 and 0 or 1, times the limit of a weight; empty: every weight is free

  [[nodiscard]] bool is_free() const { return low.size() == 0; }
  /// How many inputs neuron i may have: |x|² of its examples x_j = ξ_i ξ_j.
  [[nodiscard]] Index inputs(Index i) const;
  [[nodiscard]] Index most_inputs() const;
  /// Adds scale·pattern to row i of `sums`, and writes what the space allows of that row, within ±limit, to `weights`
  /// (N × N both, and possibly the same). The columns follow when weights are symmetric.
  void add(Index i, double scale, const Vector& pattern, double limit, Matrix& sums, Matrix& weights) const;
};

WeightSpace weight_space(const MemorySpec& memory);

/// γ: the margins that `weights` (N × N, without biases) give `patterns`, of weights scaled to unit norm: κ_i/‖W_i‖ of every
/// neuron, N; of all weights together, each once, when the space is symmetric, 1. 0 at most where weights are all zero.
Vector unit_margins(const Matrix& patterns, const WeightSpace& space, const Matrix& weights);

/// Whether the design restricts what the rule may do beyond the rule's own form, so that failing is a failed claim.
bool is_restricted(const MemorySpec& memory);

}  // namespace basin
