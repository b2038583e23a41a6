#pragma once

#include <cstddef>
#include <vector>

#include "models/design/types.hpp"

namespace basin {

/// A matrix stored for many fast products: `rows_per_block` rows side by side, column by column. Every row is summed in column
/// order without contraction, so the result has the same bits whatever vector instructions the machine offers.
class BlockedMatrix {
 public:
  static constexpr std::size_t rows_per_block = 16;

  explicit BlockedMatrix(const Matrix& matrix);
  /// out = matrix · x + start. `x` has columns() entries; `start` and `out` have padded_rows().
  void multiply(const double* x, const double* start, double* out) const;
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t padded_rows() const { return blocks_ * rows_per_block; }

 private:
  std::size_t columns_;
  std::size_t blocks_;
  std::vector<double> values_;
};

/// values[i] ← tanh(values[i]), within 4 ulp of the exact value.
void tanh_in_place(double* values, std::size_t count);

}  // namespace basin
