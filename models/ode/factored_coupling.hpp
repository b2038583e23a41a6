#pragma once

#include <variant>

#include "models/circuit/factors.hpp"
#include "models/ode/aligned.hpp"
#include "models/ode/dense_coupling.hpp"
#include "models/ode/sign_factor.hpp"

namespace basin {

/// W = Xᵀ A X + diag(d) as a learning rule left it: y = X v, z = A y, out = Xᵀ z + d v. X is packed as signs when it is ±1 (sign_factor.hpp).
template <class Real>
class FactoredCoupling {
 public:
  static constexpr const char* name = "factored";

  /// `factors.columns` is left to the caller.
  explicit FactoredCoupling(const Factors& factors);
  /// out = W v + start; all three padded_size() long, v zero in the padding, aligned to 64 bytes.
  void multiply(const Real* v, const Real* start, Real* out);
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Estimated nanoseconds of a product on one core, for choosing between forms.
  static double cost(const Factors& factors);
  /// The same of `patterns` rows; `signs`: they are ±1; `diagonal`: A is nothing else.
  static double cost(double neurons, double patterns, bool signs, bool diagonal);

 private:
  using Factor = std::variant<SignFactor<Real>, AlignedVector<Real>>;
  static Factor make_factor(const Matrix& patterns, std::size_t rows, std::size_t neurons);

  std::size_t size_;
  std::size_t neurons_;   // padded
  std::size_t patterns_;  // padded
  Factor x_;
  std::variant<AlignedVector<Real>, DenseCoupling<Real>> core_;  // its diagonal when it has nothing else
  AlignedVector<Real> diagonal_;
  AlignedVector<Real> y_, z_, zero_;
};

}  // namespace basin
