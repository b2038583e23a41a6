#pragma once

#include "models/design/types.hpp"
#include "models/ode/aligned.hpp"

namespace basin {

/// W = Wᵀ kept as its lower triangle: a product reads half of what the full matrix would, which is what bounds it.
/// Panels of `Lanes` columns, each from the diagonal block down, a block (columns by rows) after the other.
template <class Real>
class SymmetricCoupling {
 public:
  static constexpr const char* name = "symmetric";

  /// `weights` must equal its transpose bit by bit.
  explicit SymmetricCoupling(const Matrix& weights);
  /// out = W v + start; all three padded_size() long, v zero in the padding, aligned to 64 bytes.
  void multiply(const Real* v, const Real* start, Real* out);
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Estimated nanoseconds of a product on one core, for choosing between forms.
  static double cost(double neurons) { return neurons * (neurons / 20.0 + 0.7); }

 private:
  std::size_t size_;
  AlignedVector<Real> panels_;
};

}  // namespace basin
