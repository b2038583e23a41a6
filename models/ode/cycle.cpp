#include "models/ode/cycle.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

constexpr double first_section = 8.0;  // time constants
constexpr int agreeing = 4;
constexpr double neighbourhood = 0.1;  // of the cycle's extent: a crossing further from the origin is another branch
constexpr int root_iterations = 100;

}  // namespace

CycleDetector::CycleDetector(double tau, double rtol, double scale)
    : next_section_(first_section * tau),
      time_tolerance_(std::max(10.0 * rtol, 1e-12)),
      state_tolerance_(std::max(100.0 * rtol, 1e-11)),
      smallest_cycle_(1e3 * std::max(rtol, 1e-13) * scale) {}

double CycleDetector::difference(const State& a, const State& b) const {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

double CycleDetector::height(const State& u) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < u.size(); ++i) sum += (u[i] - origin_[i]) * normal_[i];
  return sum;
}

void CycleDetector::lay_section(const Path& path) {
  origin_ = path.u();
  normal_ = path.dudt();
  next_section_ = 2.0 * path.t();
  height_ = 0.0;
  extent_ = 0.0;
  pace_ = 0.0;
  times_.clear();
  agreements_ = 0;
}

/// Time of the crossing inside the last step: bisection on the dense output, then one Newton step on an exact state.
double CycleDetector::crossing(Path& path, double before, double after) {
  for (int i = 0; i < root_iterations && after > before; ++i) {
    const double middle = 0.5 * (before + after);
    if (middle <= before || middle >= after) break;
    path.state_at(middle, here_);
    (height(here_) < 0.0 ? before : after) = middle;
  }
  double t = after;
  for (int i = 0; i < 2; ++i) {
    path.exact_state_at(t, here_, flow_);
    double speed = 0.0;
    for (std::size_t k = 0; k < flow_.size(); ++k) speed += flow_[k] * normal_[k];
    if (speed > 0.0) t = std::clamp(t - height(here_) / speed, path.t_old(), path.t());
  }
  return t;
}

void CycleDetector::returned(double t, bool remembers) {
  bool same_state = !times_.empty() && difference(here_, last_) <= state_tolerance_ * extent_;
  if (same_state && remembers) same_state = difference(flow_, last_flow_) <= state_tolerance_ * pace_;
  times_.push_back(t);
  last_ = here_;
  last_flow_ = flow_;
  const std::size_t n = times_.size();
  if (n < 3) return;
  const double now = times_[n - 1] - times_[n - 2];
  const double before = times_[n - 2] - times_[n - 3];
  agreements_ = same_state && std::abs(now - before) <= time_tolerance_ * now ? agreements_ + 1 : 0;
  if (agreements_ >= agreeing) period_ = now;
}

void CycleDetector::observe(Path& path) {
  if (period_) return;
  if (path.t() >= next_section_) return lay_section(path);
  if (origin_.empty()) return;
  extent_ = std::max(extent_, difference(path.u(), origin_));
  if (path.remembers()) {
    for (const double rate : path.dudt()) pace_ = std::max(pace_, std::abs(rate));
  }
  const double before = height_;
  height_ = height(path.u());
  if (!(before < 0.0 && height_ >= 0.0) || extent_ < smallest_cycle_) return;
  const double t = crossing(path, path.t_old(), path.t());
  if (difference(here_, origin_) <= neighbourhood * extent_) returned(t, path.remembers());
}

}  // namespace basin
