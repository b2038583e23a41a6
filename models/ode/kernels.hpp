#pragma once

#include <cstddef>
#include <vector>

#include "models/design/types.hpp"

namespace basin {

/// A matrix stored by columns, padded with zeros, for many fast products. Every row is summed in column order without
/// contraction, so the result has the same bits whatever vector instructions the machine offers.
class ColumnMatrix {
 public:
  explicit ColumnMatrix(const Matrix& matrix);
  /// out = matrix · x + start. `x` has columns() entries, finite in the padding; `start` and `out` have rows().
  void multiply(const double* x, const double* start, double* out) const;
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }

 private:
  std::size_t columns_;
  std::size_t rows_;
  std::vector<double> values_;
};

/// values[i] ← tanh(values[i]), within 4 ulp of the exact value.
void tanh_in_place(double* values, std::size_t count);

}  // namespace basin
