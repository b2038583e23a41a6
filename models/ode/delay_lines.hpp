#pragma once

#include <deque>
#include <vector>

#include "models/ode/system.hpp"

namespace basin {

/// The past of a state of which some entries are heard late: the steps of its integration that are still on their way. Before t = 0
/// the state was that of the start.
class DelayLines {
 public:
  /// `delay`: one an entry of the state, of which some may be 0; empty when all are.
  DelayLines(const Vector& delay, const State& start);

  /// y at t with every delayed entry as it was its delay ago, until the next call. t − delay must not lie beyond the last step
  /// remembered, for any positive delay.
  const State& heard(const State& y, double t);
  /// Where a step of the fifth order from `t` ends at the latest: at `limit`, at the next time at which one of the first five
  /// derivatives of y jumps, and after the least delay, for what arrives during a step must have been sent before it. `t` must not
  /// go back from one call to the next.
  [[nodiscard]] double furthest(double t, double limit);
  /// Remembers the step [t_old, t] as the quartic through its ends, their derivatives and the state in its middle: dopri5's
  /// dense output is that polynomial.
  void remember(double t_old, double t, const State& y_old, const State& dydt_old, const State& middle, const State& y,
                const State& dydt);
  /// Remembers it as a straight line.
  void remember(double t_old, double t, const State& y_old, const State& y);

  [[nodiscard]] bool empty() const { return delays_.empty(); }
  /// The delays that there are, rising, without 0.
  [[nodiscard]] const std::vector<double>& delays() const { return delays_; }

 private:
  /// y(θ) = a + θ(b + (1 − θ)(c + θ(d + (1 − θ)e))), θ = (t − begin)/(end − begin); c, d, e are empty for a straight line.
  struct Step {
    double begin = 0.0, end = 0.0;
    State a, b, c, d, e;
  };
  Step& next(double t_old, double t);
  void hear(double t, const std::vector<std::size_t>& entries);

  State start_;
  std::vector<double> delays_;
  std::vector<std::vector<std::size_t>> entries_;   // with each of the delays
  std::vector<double> break_points_;
  std::size_t next_break_ = 0;
  std::deque<Step> steps_;
  State heard_;                                     // of every entry what arrives now
};

}  // namespace basin
