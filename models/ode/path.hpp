#pragma once

#include <memory>

#include "models/ode/system.hpp"

namespace basin {

/// A trajectory, one accepted step at a time: [t_old, t] with states, derivatives and an interpolant.
/// Three kinds: odeint's dopri5 for smooth activations, whose outputs may arrive late; stochastic Heun steps with noise; and exact
/// arcs between switching times for `hard` units.
class Path {
 public:
  virtual ~Path() = default;
  /// One step, never beyond `limit`. False when no step can be made: it is there, or the step size vanished.
  virtual bool advance(double limit) = 0;
  /// State at t_old ≤ at ≤ t, by dense output.
  virtual void state_at(double at, State& u) const = 0;
  /// State and derivative at t_old ≤ at ≤ t to the accuracy of a step of its own.
  virtual void exact_state_at(double at, State& u, State& dudt) = 0;
  /// Whether what follows depends on past states besides the present one.
  [[nodiscard]] virtual bool remembers() const { return false; }

  [[nodiscard]] double t_old() const { return t_old_; }
  [[nodiscard]] double t() const { return t_; }
  [[nodiscard]] const State& u_old() const { return u_old_; }
  [[nodiscard]] const State& dudt_old() const { return dudt_old_; }
  [[nodiscard]] const State& u() const { return u_; }
  [[nodiscard]] const State& dudt() const { return dudt_; }

 protected:
  explicit Path(const State& start) : u_old_(start), dudt_old_(start.size()), u_(start), dudt_(start.size()) {}

  double t_old_ = 0.0, t_ = 0.0;
  State u_old_, dudt_old_, u_, dudt_;
};

/// dopri5 with its error control (rtol, atol) and dense output. `delay`: of every neuron's output, of which some may be 0; empty
/// when all are. With one > 0 no step is longer than the least positive one, and none crosses a time at which one of the first
/// five derivatives of u jumps.
std::unique_ptr<Path> make_smooth_path(System& system, const Vector& delay, const State& start, double rtol, double atol);
/// For ActivationKind::hard: V is constant between sign changes, so u decays exponentially to W V + b and the next sign change
/// is known in closed form. A unit keeps its sign for at least 1e-3 of the least τ: a sliding state is shown as chatter of that
/// width.
std::unique_ptr<Path> make_hard_path(const Circuit& circuit, const State& start);

}  // namespace basin
