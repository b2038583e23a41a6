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

constexpr int method_order = 5;
constexpr std::size_t most_break_points = 10'000;
constexpr double same_time = 1e-10;   // of the least delay: break points nearer than this are one

/// Sums of 1 … method_order of `delays`, rising: the derivative of u jumps at t = 0, and the jump comes back after every delay
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

class DelayedPath final : public Path {
 public:
  DelayedPath(System& system, const Vector& delay, const State& start, double rtol, double atol)
      : Path(start),
        system_(system, delay, start),
        controlled_(VectorErrorChecker(atol, rtol)),
        break_points_(break_points(system_.delays())) {
    system_(u_, dudt_, 0.0);
    dt_ = first_step * *std::min_element(system.tau().begin(), system.tau().end());
  }

  bool advance(double limit) override {
    u_old_.swap(u_);
    dudt_old_.swap(dudt_);
    t_old_ = t_;
    const double stop = furthest(limit);
    for (;;) {
      const bool last = t_old_ + dt_ >= stop;
      double dt = last ? stop - t_old_ : dt_;
      if (!(dt > smallest_step(limit))) return keep_old();
      double t = t_old_;
      const auto result = controlled_.try_step(std::ref(system_), u_old_, dudt_old_, t, u_, dudt_, dt);
      if (result == odeint::success) {
        t_ = last ? stop : t;
        if (!last) dt_ = dt;
        state_at(0.5 * (t_old_ + t_), middle_);
        system_.remember(t_old_, t_, u_old_, dudt_old_, middle_, u_, dudt_);
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

  [[nodiscard]] bool remembers() const override { return true; }

 private:
  /// Where the next step ends at the latest: at the next break point, and no further than the least delay, for what arrives
  /// during a step must have been sent before it.
  double furthest(double limit) {
    const double apart = same_time * system_.delays().front();
    while (next_break_ < break_points_.size() && break_points_[next_break_] <= t_old_ + apart) ++next_break_;
    double stop = t_old_ + system_.delays().front();
    if (next_break_ < break_points_.size()) stop = std::min(stop, break_points_[next_break_]);
    return stop + apart >= limit ? limit : stop;
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
  std::vector<double> break_points_;
  std::size_t next_break_ = 0;
  State middle_;
  double dt_ = 0.0;
};

}  // namespace

std::unique_ptr<Path> make_delayed_path(System& system, const Vector& delay, const State& start, double rtol, double atol) {
  return std::make_unique<DelayedPath>(system, delay, start, rtol, atol);
}

}  // namespace basin
