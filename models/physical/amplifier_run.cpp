#include <Eigen/LU>
#include <algorithm>
// dense_output_runge_kutta.hpp uses these two without including them.
#include <boost/numeric/odeint/util/bind.hpp>
#include <boost/numeric/odeint/util/unwrap_reference.hpp>

#include <boost/numeric/odeint/stepper/dense_output_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>

#include "models/design/error.hpp"
#include "models/ode/run_limits.hpp"
#include "models/physical/amplifier_system.hpp"

namespace basin {
namespace {

namespace odeint = boost::numeric::odeint;
using Plain = std::vector<double>;

Vector as_vector(const Plain& y) { return Eigen::Map<const Vector>(y.data(), static_cast<Index>(y.size())); }

/// The right-hand side as odeint calls it.
struct RightHandSide {
  const AmplifierSystem& system;
  void operator()(const Plain& y, Plain& dydt, double /*t*/) const {
    const Vector rate = system.rate(as_vector(y));
    std::copy(rate.begin(), rate.end(), dydt.begin());
  }
};

}  // namespace

AmplifierRun integrate(const AmplifierSystem& system, const Vector& y0, std::optional<double> t_end, double longest,
                       const std::vector<double>& times, double rtol, double atol) {
  const RightHandSide right{system};
  auto stepper = odeint::make_dense_output(atol, rtol, odeint::runge_kutta_dopri5<Plain>());
  const double end = t_end.value_or(longest);
  const double scale = std::max(system.swing(), y0.cwiseAbs().maxCoeff());
  stepper.initialize(Plain(y0.begin(), y0.end()), 0.0, end * 1e-6);
  AmplifierRun run;
  run.samples.resize(static_cast<Index>(times.size()), system.size());
  std::size_t sampled = 0;
  Plain at(static_cast<std::size_t>(system.size()));
  const auto sample_to = [&](double t) {
    for (; sampled < times.size() && times[sampled] <= t; ++sampled) {
      stepper.calc_state(times[sampled], at);
      run.samples.row(static_cast<Index>(sampled)) = as_vector(at).transpose();
    }
  };
  while (stepper.current_time() < end) {
    if (++run.steps > max_steps) throw ClaimError("the amplifiers' equations are too stiff for an explicit method: the step collapsed");
    stepper.do_step(right);
    const Vector now = as_vector(stepper.current_state());
    if (!now.allFinite()) throw ClaimError("the circuit with its amplifiers leaves the finite numbers");
    sample_to(std::min(stepper.current_time(), end));
    run.settled = system.residual(now) <= settled_factor * rtol * scale;
    if (!t_end && run.settled) break;
  }
  run.t_final = std::min(stepper.current_time(), end);
  stepper.calc_state(run.t_final, at);
  run.y = as_vector(at);
  for (; sampled < times.size(); ++sampled) run.samples.row(static_cast<Index>(sampled)) = run.y.transpose();
  return run;
}

std::optional<Vector> equilibrium(const AmplifierSystem& system, const Vector& y) {
  constexpr int most = 60;
  constexpr double enough = 1e-12;
  Vector at = y;
  for (int i = 0; i < most; ++i) {
    if (system.residual(at) <= enough * std::max(1e-12, at.cwiseAbs().maxCoeff())) return at;
    const Vector step = Eigen::MatrixXd(system.jacobian(at)).partialPivLu().solve(-system.rate(at));
    if (!step.allFinite()) return std::nullopt;
    at += step;
  }
  return std::nullopt;
}

}  // namespace basin
