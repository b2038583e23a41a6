#include "models/certify/interval.hpp"

#include <mpfi.h>

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

constexpr mpfr_prec_t double_bits = 53;

/// An MPFI number of 53 bits that lives as long as its thread: operations allocate nothing.
class Register {
 public:
  Register() { mpfi_init2(value_, double_bits); }
  ~Register() { mpfi_clear(value_); }
  Register(const Register&) = delete;
  Register& operator=(const Register&) = delete;

  void set(const Interval& x) { mpfi_interv_d(value_, x.lower(), x.upper()); }
  [[nodiscard]] Interval read() const {
    if (mpfi_nan_p(value_)) return Interval::entire();
    return {mpfr_get_d(&value_->left, MPFR_RNDD), mpfr_get_d(&value_->right, MPFR_RNDU)};
  }
  mpfi_ptr get() { return value_; }

 private:
  mpfi_t value_;
};

struct Registers {
  Register a, b, c;
};

Registers& registers() {
  thread_local Registers all;
  return all;
}

using Unary = int (*)(mpfi_ptr, mpfi_srcptr);
using Binary = int (*)(mpfi_ptr, mpfi_srcptr, mpfi_srcptr);

Interval apply(Unary function, const Interval& x) {
  Registers& r = registers();
  r.a.set(x);
  function(r.c.get(), r.a.get());
  return r.c.read();
}

Interval apply(Binary function, const Interval& x, const Interval& y) {
  Registers& r = registers();
  r.a.set(x);
  r.b.set(y);
  function(r.c.get(), r.a.get(), r.b.get());
  return r.c.read();
}

}  // namespace

Interval Interval::around(double centre, double radius) { return Interval(centre) + Interval(-radius, radius); }

double Interval::middle() const {
  if (!is_bounded()) return std::isfinite(lower_) ? lower_ : std::isfinite(upper_) ? upper_ : 0.0;
  return std::clamp(0.5 * lower_ + 0.5 * upper_, lower_, upper_);
}

double Interval::magnitude() const { return std::max(std::abs(lower_), std::abs(upper_)); }
double Interval::mignitude() const { return std::max({0.0, lower_, -upper_}); }
double Interval::width() const { return (Interval(upper_) - Interval(lower_)).upper(); }
bool Interval::is_bounded() const { return std::isfinite(lower_) && std::isfinite(upper_); }

bool Interval::holds_strictly(const Interval& inner) const {
  return (lower_ == -infinity || lower_ < inner.lower_) && (upper_ == infinity || inner.upper_ < upper_);
}

Interval operator+(const Interval& a, const Interval& b) { return apply(mpfi_add, a, b); }
Interval operator-(const Interval& a, const Interval& b) { return apply(mpfi_sub, a, b); }
Interval operator*(const Interval& a, const Interval& b) { return apply(mpfi_mul, a, b); }
Interval operator/(const Interval& a, const Interval& b) { return apply(mpfi_div, a, b); }
Interval operator-(const Interval& a) { return {-a.upper(), -a.lower()}; }

Interval abs(const Interval& x) { return {x.mignitude(), x.magnitude()}; }
Interval square(const Interval& x) { return apply(mpfi_sqr, x); }
Interval sqrt(const Interval& x) { return apply(mpfi_sqrt, {std::max(0.0, x.lower()), std::max(0.0, x.upper())}); }
Interval exp(const Interval& x) { return apply(mpfi_exp, x); }
Interval expm1(const Interval& x) { return apply(mpfi_expm1, x); }
Interval log(const Interval& x) { return apply(mpfi_log, x); }
Interval tanh(const Interval& x) { return apply(mpfi_tanh, x); }
Interval sech(const Interval& x) {
  // Falls with |x|, and mpfi_sech of an infinite end is left to nobody's reading of its manual.
  const Interval size = abs(x);
  const double least = std::isfinite(size.upper()) ? apply(mpfi_sech, size.upper()).lower() : 0.0;
  return {least, apply(mpfi_sech, std::min(size.lower(), 1e300)).upper()};
}
Interval atan(const Interval& x) { return apply(mpfi_atan, x); }

/// MPFI has no erf; MPFR's is rounded correctly like the others, and erf rises.
Interval erf(const Interval& x) {
  Registers& r = registers();
  r.a.set(x);
  mpfr_erf(&r.c.get()->left, &r.a.get()->left, MPFR_RNDD);
  mpfr_erf(&r.c.get()->right, &r.a.get()->right, MPFR_RNDU);
  return r.c.read();
}

Interval power(const Interval& x, double p) {
  if (p == 0.0) return 1.0;
  const double from = std::max(0.0, x.lower()), to = std::max(0.0, x.upper());
  Registers& r = registers();
  r.a.set({from, to});
  mpfr_t exponent;
  mpfr_init2(exponent, double_bits);
  mpfr_set_d(exponent, p, MPFR_RNDN);
  mpfr_srcptr low = p > 0.0 ? &r.a.get()->left : &r.a.get()->right;
  mpfr_srcptr high = p > 0.0 ? &r.a.get()->right : &r.a.get()->left;
  mpfr_pow(&r.c.get()->left, low, exponent, MPFR_RNDD);
  mpfr_pow(&r.c.get()->right, high, exponent, MPFR_RNDU);
  mpfr_clear(exponent);
  return r.c.read();
}

Interval pi() {
  Registers& r = registers();
  mpfi_const_pi(r.c.get());
  return r.c.read();
}

Interval hull(const Interval& a, const Interval& b) {
  return {std::min(a.lower(), b.lower()), std::max(a.upper(), b.upper())};
}

Interval intersection(const Interval& a, const Interval& b, bool& empty) {
  const double lower = std::max(a.lower(), b.lower()), upper = std::min(a.upper(), b.upper());
  empty = lower > upper;
  return empty ? a : Interval(lower, upper);
}

Interval max(const Interval& a, const Interval& b) {
  return {std::max(a.lower(), b.lower()), std::max(a.upper(), b.upper())};
}

Interval min(const Interval& a, const Interval& b) {
  return {std::min(a.lower(), b.lower()), std::min(a.upper(), b.upper())};
}

Interval dot(const Interval& start, std::span<const double> a, std::span<const Interval> b) {
  Registers& r = registers();
  r.c.set(start);
  for (std::size_t j = 0; j < a.size(); ++j) {
    if (a[j] == 0.0) continue;
    r.a.set(b[j]);
    mpfi_mul_d(r.b.get(), r.a.get(), a[j]);
    mpfi_add(r.c.get(), r.c.get(), r.b.get());
  }
  return r.c.read();
}

}  // namespace basin
