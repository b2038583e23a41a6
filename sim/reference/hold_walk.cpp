#include "sim/reference/hold_walk.hpp"

#include <cmath>
#include <limits>

namespace basin {

void HoldWalk::start(const Vector& u) {
  phase_ = 0;
  begin_ = 0.0;
  enter(u);
}

void HoldWalk::next(const Vector& u) {
  begin_ += duration();
  ++phase_;
  enter(u);
}

void HoldWalk::enter(const Vector& u) {
  held_ = Vector::Constant(u.size(), std::numeric_limits<double>::quiet_NaN());
  for (Index i = 0; i < u.size(); ++i) {
    if (!released() && phases_[phase_].held[static_cast<std::size_t>(i)]) held_[i] = held_output(circuit_, i, u[i]);
    if (clamp_.size() > 0 && !std::isnan(clamp_[i])) held_[i] = clamp_[i];
  }
}

double HoldWalk::duration() const {
  return released() ? std::numeric_limits<double>::infinity() : phases_[phase_].duration;
}

bool HoldWalk::reaches(double t) const {
  constexpr double rounding = 1.0 + 1e-12;
  return t <= (begin_ + duration()) * rounding;
}

Vector HoldWalk::outputs(const Vector& u) const {
  Vector v = basin::outputs(circuit_, u);
  for (Index i = 0; i < v.size(); ++i) {
    if (!std::isnan(held_[i])) v[i] = held_[i];
  }
  return v;
}

Matrix outputs_along(HoldWalk walk, const std::vector<double>& times, const Matrix& states) {
  Matrix v(states.rows(), states.cols());
  for (Index k = 0; k < states.rows(); ++k) {
    const Vector u = states.row(k);
    if (k == 0) walk.start(u);
    while (!walk.reaches(times[static_cast<std::size_t>(k)])) walk.next(u);
    v.row(k) = walk.outputs(u);
  }
  return v;
}

}  // namespace basin
