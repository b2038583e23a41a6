#include <Eigen/LU>
#include <algorithm>
#include <memory>
#include <stdexcept>

#include "models/design/error.hpp"
#include "models/ode/cycle.hpp"
#include "models/ode/delay_lines.hpp"
#include "models/ode/noisy_path.hpp"
#include "models/ode/run_limits.hpp"
#include "models/ode/smooth_path.hpp"
#include "models/physical/amplifier_system.hpp"

namespace basin {
namespace {

Vector as_vector(const State& y) { return Eigen::Map<const Vector>(y.data(), static_cast<Index>(y.size())); }

/// The right-hand side as a path asks for it.
class RightHandSide {
 public:
  RightHandSide(const AmplifierSystem& system, const State& start) : system_(system), lines_(system.delays(), start) {}

  void operator()(const State& y, State& dydt, double t) {
    const Vector rate = lines_.empty() ? system_.rate(as_vector(y)) : system_.rate(as_vector(y), as_vector(lines_.heard(y, t)));
    std::copy(rate.begin(), rate.end(), dydt.begin());
  }
  [[nodiscard]] DelayLines& lines() { return lines_; }
  [[nodiscard]] const DelayLines& lines() const { return lines_; }

 private:
  const AmplifierSystem& system_;
  DelayLines lines_;
};

/// The kicks that the nodes get; amplifiers have none of their own.
NoisyPath<RightHandSide>::Kick kick(const AmplifierSystem& system, ThermalNoise& noise) {
  const Matrix b = system.noise(noise.energy);
  return [b, each = Vector(b.diagonal()), is_diagonal = b.isDiagonal(0.0), &noise](double spread, State& kick) {
    Vector white(each.size());
    for (double& draw : white) draw = spread * noise.random.normal();
    const Vector all = is_diagonal ? Vector(each.cwiseProduct(white)) : Vector(b * white);
    std::fill(std::copy(all.begin(), all.end(), kick.begin()), kick.end(), 0.0);
  };
}

/// One run: makes steps, takes samples, and decides when to stop.
class Run {
 public:
  Run(const AmplifierSystem& system, const Vector& y0, const AmplifierRunOptions& options)
      : system_(system),
        options_(options),
        window_(system.delays().size() > 0 ? system.delays().maxCoeff() : 0.0),
        end_(options.t_end.value_or(longest_run * std::max(options.slowest, window_))),
        scale_(std::max(system.swing(), y0.cwiseAbs().maxCoeff())),
        path_(make_path(State(y0.begin(), y0.end()))),
        cycle_(std::max(options.slowest, window_), options.rtol, scale_),
        patterns_(options.pattern_at) {
    run_.samples.resize(static_cast<Index>(options.times.size()), system.size());
  }

  AmplifierRun integrate() {
    patterns_.start(*path_);
    sample_to(0.0);
    while (!is_over()) {
      if (++run_.steps > max_steps || !path_->advance(next_stop())) {
        throw ClaimError("the amplifiers' equations are too stiff for an explicit method: the step collapsed");
      }
      look_at_step();
    }
    run_.t_final = path_->t();
    run_.y = as_vector(path_->u());
    if (!run_.settled) run_.period = cycle_.period();
    run_.visits = patterns_.visits();
    for (; sampled_ < options_.times.size(); ++sampled_) run_.samples.row(static_cast<Index>(sampled_)) = run_.y.transpose();
    return std::move(run_);
  }

 private:
  std::unique_ptr<Path> make_path(const State& start) {
    RightHandSide right(system_, start);
    if (options_.noise == nullptr) {
      return std::make_unique<SmoothPath<RightHandSide>>(std::move(right), start, 1e-6 * end_, options_.rtol, options_.atol);
    }
    if (!options_.t_end) throw std::invalid_argument("integrate: a run with noise needs t_end");
    return std::make_unique<NoisyPath<RightHandSide>>(std::move(right), start, options_.noise->step, kick(system_, *options_.noise));
  }

  /// Steps with noise end at samples, for between their ends nothing is known.
  [[nodiscard]] double next_stop() const {
    const bool by_samples = options_.noise != nullptr && sampled_ < options_.times.size();
    return by_samples ? std::min(end_, options_.times[sampled_]) : end_;
  }

  void look_at_step() {
    const Vector now = as_vector(path_->u());
    if (!now.allFinite()) throw ClaimError("the circuit with its amplifiers leaves the finite numbers");
    sample_to(path_->t());
    patterns_.observe(*path_);
    if (options_.noise != nullptr) return;
    const bool at_rest = system_.residual(now) <= settled_factor * options_.rtol * scale_;
    if (!at_rest) moved_ = path_->t();
    run_.settled = at_rest && path_->t() - moved_ >= window_;
    if (!run_.settled) cycle_.observe(*path_);
  }

  void sample_to(double t) {
    for (; sampled_ < options_.times.size() && options_.times[sampled_] <= t; ++sampled_) {
      if (path_->t() > path_->t_old()) {
        path_->state_at(options_.times[sampled_], at_);
      } else {
        at_ = path_->u();
      }
      run_.samples.row(static_cast<Index>(sampled_)) = as_vector(at_).transpose();
    }
  }

  [[nodiscard]] bool is_over() const {
    if (path_->t() >= end_) return true;
    if (options_.t_end) return false;
    return run_.settled || (cycle_.period() && sampled_ == options_.times.size());
  }

  const AmplifierSystem& system_;
  const AmplifierRunOptions& options_;
  double window_;          // s: the longest delay
  double end_;
  double scale_;
  std::unique_ptr<Path> path_;
  CycleDetector cycle_;
  PatternWatch patterns_;
  AmplifierRun run_;
  std::size_t sampled_ = 0;
  State at_;
  double moved_ = 0.0;     // when it was last seen moving
};

}  // namespace

AmplifierRun integrate(const AmplifierSystem& system, const Vector& y0, const AmplifierRunOptions& options) {
  return Run(system, y0, options).integrate();
}

std::optional<Vector> equilibrium(const AmplifierSystem& system, const Vector& y) {
  constexpr int most = 60;
  Vector at = y;
  for (int i = 0; i < most; ++i) {
    if (system.residual(at) <= equilibrium_share * std::max(1e-12, at.cwiseAbs().maxCoeff())) return at;
    const Vector step = Eigen::MatrixXd(system.jacobian(at)).partialPivLu().solve(-system.rate(at));
    if (!step.allFinite()) return std::nullopt;
    at += step;
  }
  return std::nullopt;
}

}  // namespace basin
