#include "models/certify/balls.hpp"

namespace basin {
namespace {

constexpr double rounding = 0x1p-52;    // of one operation, and the rounding of this bound
constexpr double few_roundings = 1.0 + 0x1p-48;
constexpr double underflow = 1e-300;

Balls rounded(Vector mid, const Vector& spread) {
  Vector rad = raised(spread + rounding * mid.cwiseAbs());
  return {std::move(mid), std::move(rad)};
}

}  // namespace

Vector raised(const Vector& x) { return (x * few_roundings).array() + underflow; }

Vector raised(const Vector& x, Index terms) {
  return (x * (1.0 + static_cast<double>(terms + 16) * rounding)).array() + underflow;
}

void Balls::set(Index i, const Interval& x) {
  mid[i] = x.middle();
  rad[i] = x.is_bounded() ? (max(Interval(x.upper()) - mid[i], Interval(mid[i]) - x.lower())).upper() : Interval::infinity;
}

Vector Balls::magnitude() const { return raised(mid.cwiseAbs() + rad); }

bool Balls::holds(const Balls& inner) const {
  const Vector reach = raised((inner.mid - mid).cwiseAbs() + inner.rad);
  return ((reach - rad).array() <= 0.0).all();
}

Balls operator+(const Balls& a, const Balls& b) { return rounded(a.mid + b.mid, a.rad + b.rad); }
Balls operator-(const Balls& a, const Balls& b) { return rounded(a.mid - b.mid, a.rad + b.rad); }

Balls operator*(const Balls& a, const Balls& b) {
  const Vector spread = a.mid.cwiseAbs().cwiseProduct(b.rad) + a.rad.cwiseProduct(b.mid.cwiseAbs() + b.rad);
  return rounded(a.mid.cwiseProduct(b.mid), spread);
}

Balls operator*(double exact, const Balls& a) { return rounded(exact * a.mid, std::abs(exact) * a.rad); }

Balls divided(const Balls& a, const Vector& exact) {
  return rounded(a.mid.cwiseQuotient(exact), a.rad.cwiseQuotient(exact.cwiseAbs()));
}

Balls reciprocal(const Balls& a) {
  // |1/x − 1/m| = |x − m|/(|x| |m|) ≤ r/((|m| − r)|m|)
  const Vector least = a.mid.cwiseAbs() / few_roundings - a.rad * few_roundings;
  Vector spread = a.rad.cwiseQuotient(least.cwiseProduct(a.mid.cwiseAbs()));
  for (Index i = 0; i < spread.size(); ++i) {
    if (!(least[i] > 0.0)) spread[i] = Interval::infinity;
  }
  return rounded(a.mid.cwiseInverse(), spread);
}

Balls from_zero_to(const Balls& a) {
  return rounded(0.5 * a.mid, 0.5 * a.mid.cwiseAbs() + a.rad);
}

Balls hull(const Balls& a, const Balls& b) {
  Vector mid = 0.5 * (a.mid + b.mid);
  const Vector to_a = (a.mid - mid).cwiseAbs() + a.rad, to_b = (b.mid - mid).cwiseAbs() + b.rad;
  return {std::move(mid), raised(to_a.cwiseMax(to_b))};
}

Balls product(const Matrix& matrix, const Matrix& sizes, const Balls& a) {
  const double lost = static_cast<double>(a.size() + 2) * rounding;
  Vector mid = matrix * a.mid;
  Vector rad = raised(Vector(sizes * (a.rad + lost * a.mid.cwiseAbs())), a.size());
  return {std::move(mid), std::move(rad)};
}

}  // namespace basin
