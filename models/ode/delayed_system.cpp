#include "models/ode/delayed_system.hpp"

#include <algorithm>

namespace basin {

DelayedSystem::DelayedSystem(System& system, const Vector& delay, const State& start) : system_(system), start_(start) {
  for (const double d : delay) {
    if (d > 0.0) delays_.push_back(d);
  }
  std::sort(delays_.begin(), delays_.end());
  delays_.erase(std::unique(delays_.begin(), delays_.end()), delays_.end());
  neurons_.resize(delays_.size());
  for (Index i = 0; i < delay.size(); ++i) {
    if (!(delay[i] > 0.0)) continue;
    const auto place = std::lower_bound(delays_.begin(), delays_.end(), delay[i]) - delays_.begin();
    neurons_[static_cast<std::size_t>(place)].push_back(static_cast<std::size_t>(i));
  }
}

void DelayedSystem::operator()(const State& u, State& dudt, double t) {
  if (delays_.empty()) return system_(u, dudt, t);
  heard_ = u;
  for (std::size_t k = 0; k < delays_.size(); ++k) hear(t - delays_[k], neurons_[k]);
  system_.derivative(u, heard_, dudt);
}

/// Puts the states that `neurons` had at t into heard_.
void DelayedSystem::hear(double t, const std::vector<std::size_t>& neurons) {
  if (t <= 0.0 || steps_.empty()) {
    for (const std::size_t i : neurons) heard_[i] = start_[i];
    return;
  }
  const auto earlier = [](double at, const Step& step) { return at < step.end; };
  const auto after = std::upper_bound(steps_.begin(), steps_.end(), t, earlier);
  const Step& step = after == steps_.end() ? steps_.back() : *after;
  const double s = std::clamp((t - step.begin) / (step.end - step.begin), 0.0, 1.0);   // t may be an ulp beyond the last
  const double r = 1.0 - s;
  if (step.c.empty()) {
    for (const std::size_t i : neurons) heard_[i] = step.a[i] + s * step.b[i];
    return;
  }
  for (const std::size_t i : neurons) {
    heard_[i] = step.a[i] + s * (step.b[i] + r * (step.c[i] + s * (step.d[i] + r * step.e[i])));
  }
}

/// A place for [t_old, t], in the memory of a step that has arrived everywhere where there is one.
DelayedSystem::Step& DelayedSystem::next(double t_old, double t) {
  Step step;
  while (!steps_.empty() && steps_.front().end < t_old - delays_.back()) {
    step = std::move(steps_.front());
    steps_.pop_front();
  }
  step.begin = t_old;
  step.end = t;
  return steps_.emplace_back(std::move(step));
}

void DelayedSystem::remember(double t_old, double t, const State& u_old, const State& dudt_old, const State& middle,
                             const State& u, const State& dudt) {
  if (delays_.empty()) return;
  Step& step = next(t_old, t);
  const std::size_t n = u.size();
  const double h = t - t_old;
  step.a = u_old;
  for (State* part : {&step.b, &step.c, &step.d, &step.e}) part->resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    step.b[i] = u[i] - u_old[i];
    step.c[i] = h * dudt_old[i] - step.b[i];
    step.d[i] = step.b[i] - h * dudt[i] - step.c[i];
    step.e[i] = 16.0 * (middle[i] - u_old[i]) - 8.0 * step.b[i] - 4.0 * step.c[i] - 2.0 * step.d[i];
  }
}

void DelayedSystem::remember(double t_old, double t, const State& u_old, const State& u) {
  if (delays_.empty()) return;
  Step& step = next(t_old, t);
  step.a = u_old;
  step.b.resize(u.size());
  for (std::size_t i = 0; i < u.size(); ++i) step.b[i] = u[i] - u_old[i];
}

}  // namespace basin
