#include "models/circuit/factors.hpp"

#include <algorithm>

namespace basin {

Vector Factors::times(const Vector& v) const {
  const Vector scaled = columns.cwiseProduct(v);
  return patterns.transpose() * (core * (patterns * scaled)) + diagonal.cwiseProduct(scaled);
}

Vector Factors::absolute_row_sums() const {
  constexpr Index rows_at_once = 64;
  Vector sums(size());
  const Matrix right = core * patterns;
  for (Index first = 0; first < size(); first += rows_at_once) {
    const Index rows = std::min(rows_at_once, size() - first);
    Matrix part = patterns.middleCols(first, rows).transpose() * right;
    for (Index k = 0; k < rows; ++k) part(k, first + k) += diagonal[first + k];
    sums.segment(first, rows) = part.cwiseAbs() * columns;
  }
  return sums;
}

Matrix Factors::dense() const {
  Matrix weights = patterns.transpose() * core * patterns;
  weights.diagonal() += diagonal;
  return weights * columns.asDiagonal();
}

}  // namespace basin
