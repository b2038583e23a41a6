#pragma once

#include "models/design/types.hpp"

namespace basin {

/// What the quadratic program below may use. A price is what the square of that unknown costs in ½Σ, against 1 of a weight;
/// 0 forbids it.
struct MarginTerms {
  bool symmetric = true;        // W_ij = W_ji
  double bias_share = 0.0;      // 1/price of b_i; 0: no biases
  Vector self_share;            // 1/price of W_ii ≥ 0, N; 0: none there
};

/// min ½ Σ W² (each pair once where symmetric) + ½ Σ b²/share + ½ Σ W_ii²/share subject to
/// ξ_i^μ(Σ_j W_ij ξ_j^μ + b_i) ≥ 1 for every neuron and memory, by its dual: W = Σ a_i^μ ξ_i^μ ξ_j^μ, a ≥ 0, one coordinate
/// exactly at a time (Hildreth 1957).
class MarginProgram {
 public:
  /// `patterns` is M × N and must outlive the program.
  MarginProgram(const Matrix& patterns, MarginTerms terms);

  /// One pass over all coordinates, in file order.
  void pass();
  /// κ of W and b, not divided by anything.
  [[nodiscard]] double margin() const;
  /// What is minimised.
  [[nodiscard]] double norm() const;
  /// Never above the least norm() that any W and b of margin 1 have.
  [[nodiscard]] double dual() const { return multipliers_.sum() - norm(); }
  /// (primal − dual)/primal of W/κ, which has margin 1; 1 while κ ≤ 0.
  [[nodiscard]] double gap() const;
  /// Passes until the gap is at most `wanted`; how many it took. At most `most`.
  int run(double wanted, int most);
  /// W, N × N, the diagonal included where it is allowed.
  [[nodiscard]] const Matrix& weights() const { return weights_; }
  [[nodiscard]] const Vector& bias() const { return bias_; }

 private:
  void improve(Index m, Index i, const Vector& pattern);

  const Matrix& patterns_;
  MarginTerms terms_;
  Matrix weights_, multipliers_;
  Vector bias_;
};

}  // namespace basin
