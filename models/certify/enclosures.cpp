#include "models/certify/enclosures.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "models/design/error.hpp"

namespace basin {
namespace {

/// Of g that rises, from an enclosure of it at one number.
template <typename At>
Interval rising(const Interval& z, At at) {
  return {at(Interval(z.lower())).lower(), at(Interval(z.upper())).upper()};
}

/// Of a function that is even and falls with |z|.
template <typename At>
Interval falling_off(const Interval& z, At at) {
  return {at(Interval(z.magnitude())).lower(), at(Interval(z.mignitude())).upper()};
}

Interval clamped(const Interval& x, double low, double high) { return min(max(x, low), high); }

Interval sqrt_pi_over_2() { return sqrt(pi()) / 2.0; }

/// z/√(1 + z²) = ±1/√(1 + z⁻²), the form that does not overflow, at one number.
Interval algebraic_at(const Interval& z) {
  if (z.mignitude() <= 1.0) return z / sqrt(1.0 + square(z));
  const Interval size = 1.0 / sqrt(1.0 + square(1.0 / abs(z)));
  return z.lower() > 0.0 ? size : -size;
}

/// 1/(1 + z²).
Interval lorentzian(const Interval& z) { return falling_off(z, [](const Interval& x) { return 1.0 / (1.0 + square(x)); }); }

Interval gaussian(const Interval& z) {
  return falling_off(z, [](const Interval& x) { return exp(-(pi() * square(x) / 4.0)); });
}

/// The slopes of the segments of a table; before its first row and after its last one g is constant.
template <typename Use>
void each_segment(const Matrix& points, const Interval& z, Use use) {
  if (z.lower() <= points(0, 0)) use(Interval(0.0));
  for (Index k = 0; k + 1 < points.rows(); ++k) {
    if (z.upper() < points(k, 0) || z.lower() > points(k + 1, 0)) continue;
    const Interval rise = Interval(points(k + 1, 1)) - points(k, 1);
    use(rise / (Interval(points(k + 1, 0)) - points(k, 0)));
  }
  if (z.upper() >= points(points.rows() - 1, 0)) use(Interval(0.0));
}

/// g at one number of a table. A table need not rise.
Interval table_at(const Matrix& points, double z) {
  const Index last = points.rows() - 1;
  if (z <= points(0, 0)) return points(0, 1);
  if (z >= points(last, 0)) return points(last, 1);
  Index k = 0;
  while (z > points(k + 1, 0)) ++k;
  const Interval part = (Interval(z) - points(k, 0)) / (Interval(points(k + 1, 0)) - points(k, 0));
  return (1.0 - part) * points(k, 1) + part * points(k + 1, 1);
}

Interval table_value(const Matrix& points, const Interval& z) {
  Interval value = hull(table_at(points, z.lower()), table_at(points, z.upper()));
  for (Index k = 0; k < points.rows(); ++k) {
    if (z.holds(points(k, 0))) value = hull(value, points(k, 1));
  }
  return value;
}

Interval table_slope(const Matrix& points, const Interval& z) {
  Interval slope;
  bool first = true;
  each_segment(points, z, [&](const Interval& s) { slope = std::exchange(first, false) ? s : hull(slope, s); });
  return slope;
}

Interval power_slope(double p, const Interval& z) {
  const Interval inside = clamped(z, 0.0, 1.0);
  Interval slope = 2.0 * Interval(p) * power(inside, p - 1.0);
  if (z.lower() <= 0.0 || z.upper() >= 1.0) slope = hull(slope, 0.0);
  return z.upper() < 0.0 || z.lower() > 1.0 ? Interval(0.0) : slope;
}

double power_curvature(double p, const Interval& z) {
  if (z.upper() < 0.0 || z.lower() > 1.0) return 0.0;
  if (z.upper() >= 1.0 || (z.lower() <= 0.0 && p < 2.0)) return Interval::infinity;
  return (2.0 * Interval(p) * abs(Interval(p) - 1.0) * power(clamped(z, 0.0, 1.0), p - 2.0)).upper();
}

/// min of the largest value anywhere and of the product that the formula gives.
double least_of(const Interval& formula, const Interval& everywhere) { return std::min(formula.upper(), everywhere.upper()); }

[[noreturn]] void refuse_hard() { throw std::invalid_argument("a hard unit has no slope"); }

}  // namespace

Interval enclosed_value(const Activation& activation, const Interval& z) {
  switch (activation.kind()) {
    case ActivationKind::tanh:
    case ActivationKind::logistic: return tanh(z);
    case ActivationKind::erf: return erf(sqrt_pi_over_2() * z);
    case ActivationKind::algebraic: return rising(z, algebraic_at);
    case ActivationKind::arctan: return clamped(2.0 / pi() * atan(pi() / 2.0 * z), -1.0, 1.0);
    case ActivationKind::clipped_linear: return clamped(z, -1.0, 1.0);
    case ActivationKind::table: return table_value(activation.points(), z);
    case ActivationKind::power: return 2.0 * power(clamped(z, 0.0, 1.0), activation.exponent()) - 1.0;
    case ActivationKind::hard: break;
  }
  refuse_hard();
}

Interval enclosed_slope(const Activation& activation, const Interval& z) {
  switch (activation.kind()) {
    case ActivationKind::tanh:
    case ActivationKind::logistic: return square(sech(z));
    case ActivationKind::erf: return gaussian(z);
    case ActivationKind::algebraic:
      return falling_off(z, [](const Interval& x) {
        const Interval root = sqrt(1.0 + square(x));
        return 1.0 / (root * root * root);
      });
    case ActivationKind::arctan: return lorentzian(pi() / 2.0 * z);
    case ActivationKind::clipped_linear:
      if (z.mignitude() > 1.0) return 0.0;
      return z.magnitude() < 1.0 ? Interval(1.0) : Interval(0.0, 1.0);
    case ActivationKind::table: return table_slope(activation.points(), z);
    case ActivationKind::power: return power_slope(activation.exponent(), z);
    case ActivationKind::hard: break;
  }
  refuse_hard();
}

double curvature_bound(const Activation& activation, const Interval& z) {
  const Interval size = abs(z);
  switch (activation.kind()) {
    case ActivationKind::tanh:   // |g″| = 2 |tanh z| sech² z, largest where tanh² z = 1/3
    case ActivationKind::logistic:
      return least_of(2.0 * tanh(size) * square(sech(z)), 4.0 / (3.0 * sqrt(Interval(3.0))));
    case ActivationKind::erf:    // (π/2) |z| exp(−πz²/4), largest at z² = 2/π
      return least_of(pi() / 2.0 * size * gaussian(z), sqrt(pi() / 2.0) * exp(-Interval(0.5)));
    case ActivationKind::algebraic: {   // 3|z| (1 + z²)^(−5/2), largest at z = 1/2
      const Interval root = falling_off(z, [](const Interval& x) { return 1.0 / sqrt(1.0 + square(x)); });
      return least_of(3.0 * size * square(square(root)) * root, 1.5 / (sqrt(Interval(1.25)) * square(Interval(1.25))));
    }
    case ActivationKind::arctan:   // π|x| (1 + x²)⁻², x = πz/2, largest at x² = 1/3
      return least_of(pi() * (pi() / 2.0 * size) * square(lorentzian(pi() / 2.0 * z)),
                      9.0 * pi() / (16.0 * sqrt(Interval(3.0))));
    case ActivationKind::clipped_linear: return z.holds(1.0) || z.holds(-1.0) ? Interval::infinity : 0.0;
    case ActivationKind::table: {
      int segments = 0;
      each_segment(activation.points(), z, [&](const Interval&) { ++segments; });
      return segments > 1 ? Interval::infinity : 0.0;
    }
    case ActivationKind::power: return power_curvature(activation.exponent(), z);
    case ActivationKind::hard: break;
  }
  refuse_hard();
}

NeuronEnclosures::NeuronEnclosures(const Circuit& core) : core_(core) {
  if (core.activation.are_hard()) {
    throw ClaimError("nothing can be certified of hard units: their outputs jump and have no slope; "
                     "allowed: any other activation");
  }
}

Interval NeuronEnclosures::output(Index i, const Interval& u) const {
  return enclosed_value(core_.activation.of(i), argument(i, u));
}

Interval NeuronEnclosures::slope(Index i, const Interval& u) const {
  return Interval(core_.gain[i]) * enclosed_slope(core_.activation.of(i), argument(i, u));
}

double NeuronEnclosures::curvature(Index i, const Interval& u) const {
  const double bound = curvature_bound(core_.activation.of(i), argument(i, u));
  return bound == 0.0 ? 0.0 : (square(core_.gain[i]) * bound).upper();
}

std::vector<Interval> NeuronEnclosures::outputs(const std::vector<Interval>& u) const {
  std::vector<Interval> all(u.size());
  for (std::size_t i = 0; i < u.size(); ++i) all[i] = output(static_cast<Index>(i), u[i]);
  return all;
}

std::vector<Interval> NeuronEnclosures::slopes(const std::vector<Interval>& u) const {
  std::vector<Interval> all(u.size());
  for (std::size_t i = 0; i < u.size(); ++i) all[i] = slope(static_cast<Index>(i), u[i]);
  return all;
}

}  // namespace basin
