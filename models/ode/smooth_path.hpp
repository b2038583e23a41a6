#pragma once

#include <algorithm>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <functional>
#include <limits>
#include <utility>

#include "models/ode/algebra.hpp"
#include "models/ode/path.hpp"

namespace basin {

/// dopri5 with its error control and dense output. Of the right-hand side it asks rhs(u, dudt, t), and lines() for the past that it
/// hears, as DelayedSystem has them.
template <class RightHandSide>
class SmoothPath final : public Path {
 public:
  /// `first`: length of the first step; the controller takes it from there.
  SmoothPath(RightHandSide right, const State& start, double first, double rtol, double atol)
      : Path(start), right_(std::move(right)), controlled_(VectorErrorChecker(atol, rtol)), dt_(first) {
    right_(u_, dudt_, 0.0);
  }

  bool advance(double limit) override {
    u_old_.swap(u_);
    dudt_old_.swap(dudt_);
    t_old_ = t_;
    const double stop = right_.lines().furthest(t_old_, limit);
    for (;;) {
      const bool last = t_old_ + dt_ >= stop;
      double dt = last ? stop - t_old_ : dt_;
      if (!(dt > smallest_step(limit))) return keep_old();
      double t = t_old_;
      const auto result = controlled_.try_step(std::ref(right_), u_old_, dudt_old_, t, u_, dudt_, dt);
      if (result == boost::numeric::odeint::success) {
        t_ = last ? stop : t;
        if (!last) dt_ = dt;
        if (remembers()) remember();
        return true;
      }
      dt_ = dt;
    }
  }

  void state_at(double at, State& u) const override {
    u.resize(u_.size());
    controlled_.stepper().calc_state(at, u, u_old_, dudt_old_, t_old_, u_, dudt_, t_);
  }

  void exact_state_at(double at, State& u, State& dudt) override {
    u.resize(u_.size());
    dudt.resize(u_.size());
    probe_.do_step(std::ref(right_), u_old_, dudt_old_, t_old_, u, dudt, at - t_old_);
  }

  [[nodiscard]] bool remembers() const override { return !right_.lines().empty(); }

 private:
  using Dopri5 =
      boost::numeric::odeint::runge_kutta_dopri5<State, double, State, double, VectorAlgebra, VectorOperations>;
  using Controlled = boost::numeric::odeint::controlled_runge_kutta<Dopri5, VectorErrorChecker>;

  void remember() {
    state_at(0.5 * (t_old_ + t_), middle_);
    right_.lines().remember(t_old_, t_, u_old_, dudt_old_, middle_, u_, dudt_);
  }

  double smallest_step(double limit) const {
    return std::numeric_limits<double>::epsilon() * std::max(t_old_, 1e-3 * (limit - t_old_));
  }

  bool keep_old() {
    u_ = u_old_;
    dudt_ = dudt_old_;
    return false;
  }

  RightHandSide right_;
  Controlled controlled_;
  Dopri5 probe_;
  State middle_;
  double dt_;
};

}  // namespace basin
