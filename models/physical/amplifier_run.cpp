#include <Eigen/LU>
#include <algorithm>

#include "models/design/error.hpp"
#include "models/ode/cycle.hpp"
#include "models/ode/run_limits.hpp"
#include "models/ode/smooth_path.hpp"
#include "models/physical/amplifier_system.hpp"

namespace basin {
namespace {

Vector as_vector(const State& y) { return Eigen::Map<const Vector>(y.data(), static_cast<Index>(y.size())); }

/// The right-hand side as SmoothPath asks for it: nothing of the past matters.
struct RightHandSide {
  const AmplifierSystem& system;

  void operator()(const State& y, State& dydt, double /*t*/) const {
    const Vector rate = system.rate(as_vector(y));
    std::copy(rate.begin(), rate.end(), dydt.begin());
  }
  [[nodiscard]] static double furthest(double /*t*/, double limit) { return limit; }
  [[nodiscard]] static bool remembers() { return false; }
  static void remember(double, double, const State&, const State&, const State&, const State&, const State&) {}
};

}  // namespace

AmplifierRun integrate(const AmplifierSystem& system, const Vector& y0, const AmplifierRunOptions& options) {
  const double end = options.t_end.value_or(longest_run * options.slowest);
  const double scale = std::max(system.swing(), y0.cwiseAbs().maxCoeff());
  SmoothPath<RightHandSide> path({system}, State(y0.begin(), y0.end()), 1e-6 * end, options.rtol, options.atol);
  CycleDetector cycle(options.slowest, options.rtol, scale);
  PatternWatch patterns(options.pattern_at);
  AmplifierRun run;
  run.samples.resize(static_cast<Index>(options.times.size()), system.size());
  std::size_t sampled = 0;
  State at;
  const auto sample_to = [&](double t) {
    for (; sampled < options.times.size() && options.times[sampled] <= t; ++sampled) {
      path.state_at(options.times[sampled], at);
      run.samples.row(static_cast<Index>(sampled)) = as_vector(at).transpose();
    }
  };
  const auto is_over = [&] {
    if (path.t() >= end) return true;
    if (options.t_end) return false;
    return run.settled || (cycle.period() && sampled == options.times.size());
  };
  patterns.start(path);
  while (!is_over()) {
    if (++run.steps > max_steps || !path.advance(end)) {
      throw ClaimError("the amplifiers' equations are too stiff for an explicit method: the step collapsed");
    }
    const Vector now = as_vector(path.u());
    if (!now.allFinite()) throw ClaimError("the circuit with its amplifiers leaves the finite numbers");
    sample_to(path.t());
    patterns.observe(path);
    run.settled = system.residual(now) <= settled_factor * options.rtol * scale;
    if (!run.settled) cycle.observe(path);
  }
  run.t_final = path.t();
  run.y = as_vector(path.u());
  if (!run.settled) run.period = cycle.period();
  run.visits = patterns.visits();
  for (; sampled < options.times.size(); ++sampled) run.samples.row(static_cast<Index>(sampled)) = run.y.transpose();
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
