#pragma once

#include <utility>

#include "models/design/types.hpp"

namespace basin {

/// Weights as a learning rule made them: W = (Xᵀ A X + diag(d)) · diag(s). A product costs 2NM + M² instead of N².
struct Factors {
  Matrix patterns;   // X, M × N: the memories (±1), or an orthonormal basis of their span
  Matrix core;       // A, M × M, symmetric
  Vector diagonal;   // d, N
  Vector columns;    // s, N: ½ where a unipolar unit was replaced by a bipolar one, else 1
  Vector row_sums{}; // Σ_j|W_ij|, N, where the N × N matrix is not kept: too dear to sum twice

  [[nodiscard]] Index size() const { return patterns.cols(); }
  /// W v.
  [[nodiscard]] Vector times(const Vector& v) const;
  /// Σ_j|W_ij|, made a few rows of W at a time.
  [[nodiscard]] Vector absolute_row_sums() const;
  /// max_ij|W_ij/R_i − W_ji/R_j| and max_ij|W_ij/R_i| for R = `resistance`, made a few rows of W at a time.
  [[nodiscard]] std::pair<double, double> asymmetry(const Vector& resistance) const;
  /// The N × N matrix.
  [[nodiscard]] Matrix dense() const;
};

}  // namespace basin
