#pragma once

#include "models/ode/delay_lines.hpp"

namespace basin {

/// The right-hand side of a circuit whose outputs arrive late, u̇_i = (−u_i + Σ_j W_ij V_j(t − delay_j) + b_i)/τ_i, as a path asks
/// for it.
class DelayedSystem {
 public:
  /// `delay`: one a neuron, of which some may be 0; empty when all are. Keeps a reference to `system`.
  DelayedSystem(System& system, const Vector& delay, const State& start) : system_(system), lines_(delay, start) {}

  void operator()(const State& u, State& dudt, double t) {
    if (lines_.empty()) return system_(u, dudt, t);
    system_.derivative(u, lines_.heard(u, t), dudt);
  }
  [[nodiscard]] DelayLines& lines() { return lines_; }
  [[nodiscard]] const DelayLines& lines() const { return lines_; }

 private:
  System& system_;
  DelayLines lines_;
};

}  // namespace basin
