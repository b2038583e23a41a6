#pragma once

#include "models/certify/interval.hpp"
#include "models/design/types.hpp"

namespace basin {

/// A vector of real numbers, each known to lie within `rad` of `mid`. Arithmetic on it is a hundred times as fast as on
/// Interval and as certain: it rounds to nearest, and every radius is raised by a proved bound of what rounding did.
///
/// With ε = 2^−53 an operation errs by at most ε of its result plus half the least denormal, and a sum of n products, in any
/// order and with or without fused multiply-add, by at most (n + 1)ε/(1 − (n + 1)ε) of the sum of the sizes (Higham 2002,
/// Accuracy and Stability of Numerical Algorithms, §3.1). Radii are sums and products of numbers that are not negative, so that
/// a few units of ε on the result cover their own rounding, and 1e-300 covers what underflows. A number that is not finite
/// spoils the ball for good: is_finite() says so. Nothing of this holds under -ffast-math, which Basin is never built with.
struct Balls {
  Vector mid;
  Vector rad;

  Balls() = default;
  Balls(Vector middle, Vector radius) : mid(std::move(middle)), rad(std::move(radius)) {}
  /// Exactly these numbers.
  explicit Balls(const Vector& exact) : mid(exact), rad(Vector::Zero(exact.size())) {}
  /// `n` zeros.
  explicit Balls(Index n) : mid(Vector::Zero(n)), rad(Vector::Zero(n)) {}

  [[nodiscard]] Index size() const { return mid.size(); }
  [[nodiscard]] bool is_finite() const { return mid.allFinite() && rad.allFinite(); }
  [[nodiscard]] Interval at(Index i) const { return Interval::around(mid[i], rad[i]); }
  /// The least ball found that holds `x`; one of infinite radius where x is not bounded.
  void set(Index i, const Interval& x);
  /// No less than |x| of every x inside.
  [[nodiscard]] Vector magnitude() const;
  /// Whether `inner` lies inside, component by component.
  [[nodiscard]] bool holds(const Balls& inner) const;
};

/// No less than x·(1 + a few ε) + 1e-300: what at most 16 operations on numbers that are not negative may have lost.
Vector raised(const Vector& x);
/// The same after sums of `terms` products.
Vector raised(const Vector& x, Index terms);

Balls operator+(const Balls& a, const Balls& b);
Balls operator-(const Balls& a, const Balls& b);
/// Component by component.
Balls operator*(const Balls& a, const Balls& b);
Balls operator*(double exact, const Balls& a);
/// Component by component, divided by numbers that are exact and not 0.
Balls divided(const Balls& a, const Vector& exact);
/// 1/a of every component; a radius that is not finite where a holds 0.
Balls reciprocal(const Balls& a);
/// A ball that holds every s·a with 0 ≤ s ≤ 1.
Balls from_zero_to(const Balls& a);
/// A ball that holds both.
Balls hull(const Balls& a, const Balls& b);
/// matrix · a. `sizes` is |matrix|, entry by entry.
Balls product(const Matrix& matrix, const Matrix& sizes, const Balls& a);

}  // namespace basin
