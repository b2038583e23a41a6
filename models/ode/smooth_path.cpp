#include <algorithm>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <functional>
#include <limits>

#include "models/ode/algebra.hpp"
#include "models/ode/delayed_system.hpp"
#include "models/ode/path.hpp"
#include "models/ode/run_limits.hpp"

namespace basin {
namespace {

namespace odeint = boost::numeric::odeint;
using Dopri5 = odeint::runge_kutta_dopri5<State, double, State, double, VectorAlgebra, VectorOperations>;
using Controlled = odeint::controlled_runge_kutta<Dopri5, VectorErrorChecker>;

class SmoothPath final : public Path {
 public:
  SmoothPath(System& system, const Vector& delay, const State& start, double rtol, double atol)
      : Path(start), system_(system, delay, start), controlled_(VectorErrorChecker(atol, rtol)) {
    system_(u_, dudt_, 0.0);
    dt_ = first_step * *std::min_element(system.tau().begin(), system.tau().end());
  }

  bool advance(double limit) override {
    u_old_.swap(u_);
    dudt_old_.swap(dudt_);
    t_old_ = t_;
    const double stop = system_.furthest(t_old_, limit);
    for (;;) {
      const bool last = t_old_ + dt_ >= stop;
      double dt = last ? stop - t_old_ : dt_;
      if (!(dt > smallest_step(limit))) return keep_old();
      double t = t_old_;
      const auto result = controlled_.try_step(std::ref(system_), u_old_, dudt_old_, t, u_, dudt_, dt);
      if (result == odeint::success) {
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
    probe_.do_step(std::ref(system_), u_old_, dudt_old_, t_old_, u, dudt, at - t_old_);
  }

  [[nodiscard]] bool remembers() const override { return !system_.delays().empty(); }

 private:
  void remember() {
    state_at(0.5 * (t_old_ + t_), middle_);
    system_.remember(t_old_, t_, u_old_, dudt_old_, middle_, u_, dudt_);
  }

  double smallest_step(double limit) const {
    return std::numeric_limits<double>::epsilon() * std::max(t_old_, 1e-3 * (limit - t_old_));
  }

  bool keep_old() {
    u_ = u_old_;
    dudt_ = dudt_old_;
    return false;
  }

  DelayedSystem system_;
  Controlled controlled_;
  Dopri5 probe_;
  State middle_;
  double dt_ = 0.0;
};

}  // namespace

std::unique_ptr<Path> make_smooth_path(System& system, const Vector& delay, const State& start, double rtol, double atol) {
  return std::make_unique<SmoothPath>(system, delay, start, rtol, atol);
}

}  // namespace basin
