#pragma once

#include "models/design/types.hpp"
#include "models/ode/aligned.hpp"

namespace basin {

/// Any W, zero-padded and stored so that a product reads it once from front to back: blocks of rows whose sums stay in
/// registers, column after column. Every row is summed in column order.
template <class Real>
class DenseCoupling {
 public:
  static constexpr const char* name = "dense";

  explicit DenseCoupling(const Matrix& weights);
  /// out = W v + start; all three padded_size() long, v zero in the padding, aligned to 64 bytes.
  void multiply(const Real* v, const Real* start, Real* out);
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Estimated nanoseconds of a product on one core, for choosing between forms.
  static double cost(double neurons) { return neurons * (neurons / 13.0 + 0.2); }

 private:
  std::size_t size_;
  AlignedVector<Real> blocks_;
};

}  // namespace basin
