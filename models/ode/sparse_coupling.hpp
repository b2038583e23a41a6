#pragma once

#include <cstdint>
#include <vector>

#include "models/design/types.hpp"

namespace basin {

/// W by its entries other than 0, a compressed row after the other. Every row is summed in column order.
template <class Real>
class SparseCoupling {
 public:
  static constexpr const char* name = "sparse";

  explicit SparseCoupling(const Matrix& weights);
  /// out = W v + start; all three padded_size() long.
  void multiply(const Real* v, const Real* start, Real* out);
  [[nodiscard]] std::size_t size() const { return first_.size() - 1; }
  /// Estimated nanoseconds of a product on one core, for choosing between forms.
  static double cost(double neurons, double entries) { return 1.0 * entries + neurons; }

 private:
  std::vector<std::size_t> first_;       // of each row in the other two, and their end
  std::vector<std::uint32_t> columns_;
  std::vector<Real> values_;
};

}  // namespace basin
