#include "models/circuit/factors.hpp"

#include <algorithm>

namespace basin {

Vector Factors::times(const Vector& v) const {
  const Vector scaled = columns.cwiseProduct(v);
  return patterns.transpose() * (core * (patterns * scaled)) + diagonal.cwiseProduct(scaled);
}

namespace {

/// Calls use(first, K) for blocks of rows of K = XᵀAX + diag(d), from row `first` on.
template <class Use>
void for_row_blocks(const Factors& factors, const Use& use) {
  constexpr Index rows_at_once = 64;
  const Matrix right = factors.core * factors.patterns;
  for (Index first = 0; first < factors.size(); first += rows_at_once) {
    const Index rows = std::min(rows_at_once, factors.size() - first);
    Matrix part = factors.patterns.middleCols(first, rows).transpose() * right;
    for (Index k = 0; k < rows; ++k) part(k, first + k) += factors.diagonal[first + k];
    use(first, part);
  }
}

}  // namespace

Vector Factors::absolute_row_sums() const {
  Vector sums(size());
  for_row_blocks(*this, [&](Index first, const Matrix& part) {
    sums.segment(first, part.rows()) = part.cwiseAbs() * columns;
  });
  return sums;
}

std::pair<double, double> Factors::asymmetry(const Vector& resistance) const {
  double difference = 0.0;
  double largest = 0.0;
  for_row_blocks(*this, [&](Index first, const Matrix& part) {
    for (Index k = 0; k < part.rows(); ++k) {
      const Index i = first + k;
      const auto row = part.row(k).transpose().array();
      const auto there = columns.array() / resistance[i];
      const auto back = columns[i] / resistance.array();
      difference = std::max(difference, (row * (there - back)).abs().maxCoeff());
      largest = std::max(largest, (row * there).abs().maxCoeff());
    }
  });
  return {difference, largest};
}

Matrix Factors::dense() const {
  Matrix weights = patterns.transpose() * core * patterns;
  weights.diagonal() += diagonal;
  return weights * columns.asDiagonal();
}

}  // namespace basin
