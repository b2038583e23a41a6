#include "models/certify/circuit_series.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace basin {
CircuitField::CircuitField(const Circuit& core) : core_(core), neurons_(core), sizes_(core.weights.cwiseAbs()), gain_(core.gain) {
  if (!core.is_dense()) throw std::invalid_argument("a series needs the dense weights");
  const Index n = size();
  laws_.r0 = Balls(Vector(Vector::Ones(n)));
  for (Balls* zero : {&laws_.r1, &laws_.r2, &laws_.q1, &laws_.q2, &laws_.q3}) *zero = Balls(n);
  for (Index i = 0; i < n; ++i) set_law(i);
}

void CircuitField::set_law(Index i) {
  const Interval gain = core_.gain[i], squared = square(gain);
  const ActivationKind kind = core_.activation.of(i).kind();
  const bool is_tanh = kind == ActivationKind::tanh || kind == ActivationKind::logistic;
  all_tanh_ = all_tanh_ && is_tanh;
  laws_.uses_output = laws_.uses_output || is_tanh;
  if (is_tanh) laws_.q3.set(i, -2.0 * gain);
  else if (kind == ActivationKind::erf) laws_.q2.set(i, -(pi() / 2.0) * squared);
  else if (kind == ActivationKind::algebraic) laws_.r2.set(i, squared), laws_.q2.set(i, -3.0 * squared);
  else if (kind == ActivationKind::arctan) {
    laws_.r2.set(i, square(pi() / 2.0) * squared);
    laws_.q2.set(i, -(square(pi()) / 2.0) * squared);
  } else cornered_.push_back(i);   // S is constant within a piece; power units see laws()
  laws_.uses_state = laws_.uses_state || laws_.q2.mid[i] != 0.0;
}

Balls CircuitField::outputs(const Balls& u) const {
  Balls v(size());
  for (Index i = 0; i < size(); ++i) v.set(i, neurons_.output(i, u.at(i)));
  return v;
}

Balls CircuitField::slopes(const Balls& u, const Balls& outputs) const {
  // 1 − V² is as good where V is known to a few ε, and spares a function of MPFR.
  if (all_tanh_) return gain_ * (Balls(Vector(Vector::Ones(size()))) - outputs * outputs);
  Balls s(size());
  for (Index i = 0; i < size(); ++i) s.set(i, neurons_.slope(i, u.at(i)));
  return s;
}

Vector CircuitField::steepest(const Balls& u) const {
  Vector most(size());
  for (Index i = 0; i < size(); ++i) {
    const Interval at = u.at(i);
    // The slope of tanh falls with |u|.
    most[i] = all_tanh_ ? (Interval(core_.gain[i]) * (1.0 - square(neurons_.output(i, at.mignitude())))).upper()
                        : neurons_.slope(i, at).upper();
  }
  return most;
}

bool CircuitField::is_smooth(const Balls& u) const {
  return std::ranges::all_of(cornered_, [&](Index i) { return std::isfinite(neurons_.curvature(i, u.at(i))); });
}

SlopeLaws CircuitField::laws(const Balls& u) const {
  SlopeLaws laws = laws_;
  for (const Index i : cornered_) {
    const Activation& g = core_.activation.of(i);
    const Interval z = Interval(core_.gain[i]) * u.at(i);
    if (g.kind() != ActivationKind::power || !(z.lower() > 0.0 && z.upper() < 1.0)) continue;
    laws.r0.set(i, 0.0);
    laws.r1.set(i, 1.0);
    laws.q1.set(i, Interval(g.exponent()) - 1.0);
    laws.uses_rate = true;
  }
  return laws;
}

Balls CircuitField::rate(const Balls& u, const Balls& outputs) const {
  return divided(weighted(outputs) + Balls(core_.bias) - u, core_.tau);
}

CircuitSeries::CircuitSeries(const CircuitField& field, Balls u, Balls outputs)
    : field_(field), smooth_(field.is_smooth(u)), laws_(field.laws(u)) {
  s_.push_back(field.slopes(u, outputs));
  rate_.push_back(field.rate(u, outputs));
  u_.push_back(std::move(u));
  v_.push_back(std::move(outputs));
}

/// Σ_{k ≤ m} a[k] b[m−k].
Balls CircuitSeries::sum_of(const std::vector<Balls>& a, const std::vector<Balls>& b, std::size_t m) const {
  Balls sum = a[0] * b[m];
  for (std::size_t k = 1; k <= m; ++k) sum = sum + a[k] * b[m - k];
  return sum;
}

/// S[m] from m R[0] S[m] = Σ_{k<m} Q[k] S[m−1−k] − Σ_{0<k<m} (m−k) R[k] S[m−k].
void CircuitSeries::extend_slopes(std::size_t m) {
  const Index n = field_.size();
  Balls q(n);
  if (laws_.uses_rate) q = q + laws_.q1 * rate_[m - 1];
  if (laws_.uses_state) q = q + laws_.q2 * sum_of(u_, rate_, m - 1);
  if (laws_.uses_output) q = q + laws_.q3 * sum_of(v_, rate_, m - 1);
  q_.push_back(std::move(q));
  const bool plain = laws_.is_plain();
  if (!plain && r_.empty()) r_.push_back(laws_.r0 + laws_.r1 * u_[0] + laws_.r2 * (u_[0] * u_[0]));
  Balls sum = sum_of(q_, s_, m - 1);
  if (!plain) {
    for (std::size_t k = 1; k < m; ++k) sum = sum - static_cast<double>(m - k) * (r_[k] * s_[m - k]);
    r_.push_back(laws_.r1 * u_[m] + laws_.r2 * sum_of(u_, u_, m));
    sum = sum * reciprocal(r_[0]);
  }
  s_.push_back(divided(sum, Vector::Constant(n, static_cast<double>(m))));
}

/// From u[m], V[m], S[m] and the rate of order m to those of m + 1.
void CircuitSeries::extend() {
  const Index n = field_.size();
  const std::size_t m = u_.size();
  u_.push_back(divided(rate_[m - 1], Vector::Constant(n, static_cast<double>(m))));
  v_.push_back(divided(sum_of(rate_, s_, m - 1), Vector::Constant(n, static_cast<double>(m))));
  extend_slopes(m);
  rate_.push_back(divided(field_.weighted(v_[m]) - u_[m], field_.circuit().tau));
}

const Balls& CircuitSeries::state(std::size_t m) {
  while (u_.size() <= m) extend();
  return u_[m];
}

}  // namespace basin
