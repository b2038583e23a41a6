#include "models/ode/delay_lines.hpp"

#include <algorithm>

namespace basin {
namespace {

constexpr int method_order = 5;
constexpr std::size_t most_break_points = 10'000;
constexpr double same_time = 1e-10;   // of the least delay: break points nearer than this are one

/// Sums of 1 … method_order of `delays`, rising: the derivative of y jumps at t = 0, and the jump comes back after every delay
/// in a derivative one higher, until a step of the method no longer sees it. With very many delays the sums of fewer.
std::vector<double> break_points(const std::vector<double>& delays) {
  std::vector<double> all, level{0.0};
  const double apart = same_time * delays.front();
  for (int order = 0; order < method_order && all.size() + level.size() * delays.size() <= most_break_points; ++order) {
    std::vector<double> sums;
    for (const double t : level) {
      for (const double d : delays) sums.push_back(t + d);
    }
    std::sort(sums.begin(), sums.end());
    sums.erase(std::unique(sums.begin(), sums.end(), [apart](double a, double b) { return b - a <= apart; }), sums.end());
    all.insert(all.end(), sums.begin(), sums.end());
    level = std::move(sums);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end(), [apart](double a, double b) { return b - a <= apart; }), all.end());
  return all;
}

}  // namespace

DelayLines::DelayLines(const Vector& delay, const State& start) : start_(start) {
  for (const double d : delay) {
    if (d > 0.0) delays_.push_back(d);
  }
  std::sort(delays_.begin(), delays_.end());
  delays_.erase(std::unique(delays_.begin(), delays_.end()), delays_.end());
  entries_.resize(delays_.size());
  for (Index i = 0; i < delay.size(); ++i) {
    if (!(delay[i] > 0.0)) continue;
    const auto place = std::lower_bound(delays_.begin(), delays_.end(), delay[i]) - delays_.begin();
    entries_[static_cast<std::size_t>(place)].push_back(static_cast<std::size_t>(i));
  }
  if (!delays_.empty()) break_points_ = break_points(delays_);
}

const State& DelayLines::heard(const State& y, double t) {
  heard_ = y;
  for (std::size_t k = 0; k < delays_.size(); ++k) hear(t - delays_[k], entries_[k]);
  return heard_;
}

double DelayLines::furthest(double t, double limit) {
  if (delays_.empty()) return limit;
  const double apart = same_time * delays_.front();
  while (next_break_ < break_points_.size() && break_points_[next_break_] <= t + apart) ++next_break_;
  double stop = t + delays_.front();
  if (next_break_ < break_points_.size()) stop = std::min(stop, break_points_[next_break_]);
  return stop + apart >= limit ? limit : stop;
}

/// Puts the states that `entries` had at t into heard_.
void DelayLines::hear(double t, const std::vector<std::size_t>& entries) {
  if (t <= 0.0 || steps_.empty()) {
    for (const std::size_t i : entries) heard_[i] = start_[i];
    return;
  }
  const auto earlier = [](double at, const Step& step) { return at < step.end; };
  const auto after = std::upper_bound(steps_.begin(), steps_.end(), t, earlier);
  const Step& step = after == steps_.end() ? steps_.back() : *after;
  const double s = std::clamp((t - step.begin) / (step.end - step.begin), 0.0, 1.0);   // t may be an ulp beyond the last
  const double r = 1.0 - s;
  if (step.c.empty()) {
    for (const std::size_t i : entries) heard_[i] = step.a[i] + s * step.b[i];
    return;
  }
  for (const std::size_t i : entries) {
    heard_[i] = step.a[i] + s * (step.b[i] + r * (step.c[i] + s * (step.d[i] + r * step.e[i])));
  }
}

/// A place for [t_old, t], in the memory of a step that has arrived everywhere where there is one.
DelayLines::Step& DelayLines::next(double t_old, double t) {
  Step step;
  while (!steps_.empty() && steps_.front().end < t_old - delays_.back()) {
    step = std::move(steps_.front());
    steps_.pop_front();
  }
  step.begin = t_old;
  step.end = t;
  return steps_.emplace_back(std::move(step));
}

void DelayLines::remember(double t_old, double t, const State& y_old, const State& dydt_old, const State& middle,
                          const State& y, const State& dydt) {
  if (delays_.empty()) return;
  Step& step = next(t_old, t);
  const std::size_t n = y.size();
  const double h = t - t_old;
  step.a = y_old;
  for (State* part : {&step.b, &step.c, &step.d, &step.e}) part->resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    step.b[i] = y[i] - y_old[i];
    step.c[i] = h * dydt_old[i] - step.b[i];
    step.d[i] = step.b[i] - h * dydt[i] - step.c[i];
    step.e[i] = 16.0 * (middle[i] - y_old[i]) - 8.0 * step.b[i] - 4.0 * step.c[i] - 2.0 * step.d[i];
  }
}

void DelayLines::remember(double t_old, double t, const State& y_old, const State& y) {
  if (delays_.empty()) return;
  Step& step = next(t_old, t);
  step.a = y_old;
  step.b.resize(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) step.b[i] = y[i] - y_old[i];
}

}  // namespace basin
