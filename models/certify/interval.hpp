#pragma once

#include <span>

namespace basin {

/// A closed interval of real numbers [lower, upper] that is certain to hold the true value of whatever made it.
///
/// Every operation goes through MPFI at 53 bits, so that endpoints are doubles. Its enclosures are sound, those of exp, tanh
/// and the others too, because MPFR rounds each of its functions correctly in the direction asked for (Fousse et al. 2007,
/// ACM TOMS 33:13; no library of the C standard promises that) and MPFI asks for the lower end downwards and the upper end
/// upwards (Revol & Rouillier 2005, Reliable Computing 11:275). MPFR's exponents reach further than a double's; an end beyond
/// them becomes the next double outwards, or an infinity. An operation that is not defined gives (−∞, ∞).
class Interval {
 public:
  static constexpr double infinity = __builtin_huge_val();

  constexpr Interval() = default;
  /// The one number `value`. NaN becomes (−∞, ∞).
  constexpr Interval(double value) : Interval(value, value) {}   // NOLINT: a number is an interval
  /// lower ≤ upper; anything else becomes (−∞, ∞).
  constexpr Interval(double lower, double upper) : lower_(lower), upper_(upper) {
    if (!(lower <= upper)) *this = entire();
  }
  [[nodiscard]] static constexpr Interval entire() { return {-infinity, infinity, Unchecked{}}; }
  /// [centre − radius, centre + radius], rounded outwards. radius ≥ 0.
  [[nodiscard]] static Interval around(double centre, double radius);

  [[nodiscard]] constexpr double lower() const { return lower_; }
  [[nodiscard]] constexpr double upper() const { return upper_; }
  /// A double inside, near the middle.
  [[nodiscard]] double middle() const;
  /// Of values inside: no less than the largest |x|, no more than the smallest |x|.
  [[nodiscard]] double magnitude() const;
  [[nodiscard]] double mignitude() const;
  /// upper − lower, rounded upwards.
  [[nodiscard]] double width() const;
  [[nodiscard]] bool is_bounded() const;
  [[nodiscard]] bool holds(double x) const { return lower_ <= x && x <= upper_; }
  /// Whether `inner` lies inside.
  [[nodiscard]] bool holds(const Interval& inner) const { return lower_ <= inner.lower_ && inner.upper_ <= upper_; }
  /// Whether `inner` lies strictly inside; at an infinite end anything does.
  [[nodiscard]] bool holds_strictly(const Interval& inner) const;

  friend bool operator==(const Interval&, const Interval&) = default;

 private:
  struct Unchecked {};
  constexpr Interval(double lower, double upper, Unchecked) : lower_(lower), upper_(upper) {}

  double lower_ = 0.0;
  double upper_ = 0.0;
};

Interval operator+(const Interval& a, const Interval& b);
Interval operator-(const Interval& a, const Interval& b);
Interval operator*(const Interval& a, const Interval& b);
/// (−∞, ∞) where `b` holds 0 inside.
Interval operator/(const Interval& a, const Interval& b);
Interval operator-(const Interval& a);
inline Interval& operator+=(Interval& a, const Interval& b) { return a = a + b; }
inline Interval& operator-=(Interval& a, const Interval& b) { return a = a - b; }
inline Interval& operator*=(Interval& a, const Interval& b) { return a = a * b; }

Interval abs(const Interval& x);
Interval square(const Interval& x);
/// Of x ≥ 0.
Interval sqrt(const Interval& x);
Interval exp(const Interval& x);
Interval expm1(const Interval& x);
Interval log(const Interval& x);
Interval tanh(const Interval& x);
/// 1/cosh x.
Interval sech(const Interval& x);
Interval atan(const Interval& x);
Interval erf(const Interval& x);
/// x^p of x ≥ 0.
Interval power(const Interval& x, double p);
Interval pi();

/// The least interval that holds both.
Interval hull(const Interval& a, const Interval& b);
/// What both hold; `empty` is set, and `a` given back, where there is no such number.
Interval intersection(const Interval& a, const Interval& b, bool& empty);
Interval max(const Interval& a, const Interval& b);
Interval min(const Interval& a, const Interval& b);

/// start + Σ_j a_j b_j. The two are of one length.
Interval dot(const Interval& start, std::span<const double> a, std::span<const Interval> b);

}  // namespace basin
