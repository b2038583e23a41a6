#pragma once

#include <deque>
#include <vector>

#include "models/ode/system.hpp"

namespace basin {

/// The right-hand side of a circuit whose outputs arrive late, u̇_i = (−u_i + Σ_j W_ij V_j(t − delay_j) + b_i)/τ_i, as odeint
/// calls it. It keeps the steps that are still on their way; before t = 0 the state was that of the start.
class DelayedSystem {
 public:
  /// `delay`: one a neuron, of which some may be 0; empty when all are. Keeps a reference to `system`.
  DelayedSystem(System& system, const Vector& delay, const State& start);

  /// t − delay must not lie beyond the last step remembered, for any positive delay.
  void operator()(const State& u, State& dudt, double t);
  /// Where a step of the fifth order from `t` ends at the latest: at `limit`, at the next time at which one of the first five
  /// derivatives of u jumps, and after the least delay, for what arrives during a step must have been sent before it. `t` must not
  /// go back from one call to the next.
  [[nodiscard]] double furthest(double t, double limit);
  /// Remembers the step [t_old, t] as the quartic through its ends, their derivatives and the state in its middle: dopri5's
  /// dense output is that polynomial.
  void remember(double t_old, double t, const State& u_old, const State& dudt_old, const State& middle, const State& u,
                const State& dudt);
  /// Remembers it as a straight line.
  void remember(double t_old, double t, const State& u_old, const State& u);

  [[nodiscard]] bool remembers() const { return !delays_.empty(); }
  [[nodiscard]] System& system() const { return system_; }
  /// The delays that there are, rising, without 0.
  [[nodiscard]] const std::vector<double>& delays() const { return delays_; }

 private:
  /// u(θ) = a + θ(b + (1 − θ)(c + θ(d + (1 − θ)e))), θ = (t − begin)/(end − begin); c, d, e are empty for a straight line.
  struct Step {
    double begin = 0.0, end = 0.0;
    State a, b, c, d, e;
  };
  Step& next(double t_old, double t);
  void hear(double t, const std::vector<std::size_t>& neurons);

  System& system_;
  State start_;
  std::vector<double> delays_;
  std::vector<std::vector<std::size_t>> neurons_;   // with each of the delays
  std::vector<double> break_points_;
  std::size_t next_break_ = 0;
  std::deque<Step> steps_;
  State heard_;                                     // of every neuron the state whose output arrives now
};

}  // namespace basin
