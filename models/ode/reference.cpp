#include "models/ode/reference.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/ode/cycle.hpp"
#include "models/ode/history.hpp"
#include "models/ode/kernels.hpp"
#include "models/ode/path.hpp"
#include "models/ode/pattern_watch.hpp"
#include "models/ode/run_limits.hpp"
#include "models/ode/thermal_noise.hpp"

namespace basin {
namespace {

constexpr double settle_band = 0.01;           // of V
constexpr double no_energy_argument = -1.0;

/// The longest time constant or delay.
double slowest(const Circuit& circuit) { return std::max(circuit.tau.maxCoeff(), circuit.longest_delay()); }

double last_sample(const ReferenceOptions& options) { return options.sample_times.empty() ? 0.0 : options.sample_times.back(); }

bool finite(const State& u) { return all_finite(u.data(), u.size()); }

Vector as_vector(const State& s) { return Eigen::Map<const Vector>(s.data(), static_cast<Index>(s.size())); }

/// One run: makes steps, hands each to those who look at it, and decides when to stop.
class Run {
 public:
  Run(const Circuit& circuit, System& system, double bound, const Vector& u0, const ReferenceOptions& options)
      : circuit_(circuit),
        options_(options),
        system_(system),
        scale_(std::max(bound, u0.cwiseAbs().maxCoeff())),
        end_(options.t_end.value_or(std::max(longest_run * slowest(circuit), last_sample(options)))),
        window_(circuit.longest_delay()),
        path_(make_path(u0)),
        history_(static_cast<std::size_t>(u0.size())),
        cycle_(slowest(circuit), options.rtol, scale_),
        patterns_(pattern_at()) {
    track_energy_ = options.record_energy && window_ == 0.0 && !is_noisy() && is_symmetric(circuit);
    if (track_energy_) energy_scale_ = energy_scale(circuit);
    result_.largest_energy_rise = track_energy_ ? 0.0 : no_energy_argument;
  }

  ReferenceRun integrate() {
    look_at_start();
    while (!stopped()) {
      if (result_.steps >= max_steps || !path_->advance(next_stop())) break;
      ++result_.steps;
      look_at_step();
    }
    finish();
    return std::move(result_);
  }

 private:
  std::unique_ptr<Path> make_path(const Vector& u0) {
    const State start(u0.begin(), u0.end());
    if (is_noisy()) return make_noisy_path(system_, circuit_, start, *options_.noise);
    if (circuit_.activation.are_hard()) return make_hard_path(circuit_, start);
    return make_smooth_path(system_, circuit_.delay, start, options_.rtol, options_.atol);
  }

  [[nodiscard]] bool is_noisy() const { return options_.noise != nullptr; }

  /// Steps with noise end at samples, for between their ends nothing is known.
  [[nodiscard]] double next_stop() const {
    const bool by_samples = is_noisy() && next_sample_ < options_.sample_times.size();
    return by_samples ? std::min(end_, options_.sample_times[next_sample_]) : end_;
  }

  void look_at_start() {
    diverged_ = !is_finite();
    remember(0.0);
    sample_up_to(0.0);
    settled_ = !diverged_ && !is_noisy() && is_settled();
    if (track_energy_) last_energy_ = energy_here();
    patterns_.start(*path_);
  }

  void look_at_step() {
    diverged_ = !is_finite();
    if (diverged_) return;
    remember(path_->t());
    sample_up_to(path_->t());
    if (track_energy_) follow_energy();
    patterns_.observe(*path_);
    if (is_noisy()) return;
    settled_ = is_settled();
    if (!settled_) cycle_.observe(*path_);
  }

  void remember(double t) {
    if (options_.find_settle_time && !is_noisy()) history_.add(t, path_->u(), path_->dudt());
  }

  PatternWatch::PatternAt pattern_at() const {
    if (options_.patterns == nullptr) return {};
    return [this](const State& u) { return pattern_of_signs(*options_.patterns, as_vector(u) - circuit_.threshold); };
  }

  bool is_finite() const { return finite(path_->u()) && finite(path_->dudt()); }

  /// At rest now and, with delays, for as long as anything was under way.
  bool is_settled() {
    const double enough = settled_factor * options_.rtol * scale_;
    const bool at_rest = std::isfinite(enough) && system_.residual(path_->dudt()) <= enough;
    if (!at_rest) moved_ = path_->t();
    return at_rest && path_->t() - moved_ >= window_;
  }

  bool stopped() const {
    if (diverged_ || path_->t() >= end_) return true;
    if (!options_.stop_when_settled) return false;
    return settled_ || (cycle_.period() && next_sample_ == options_.sample_times.size());
  }

  double energy_here() const {
    const Vector drive_here = as_vector(path_->dudt()).cwiseProduct(circuit_.tau);
    return energy(circuit_, as_vector(path_->u()), drive_here);
  }

  void follow_energy() {
    const double now = energy_here();
    if (energy_scale_ > 0.0) {
      result_.largest_energy_rise = std::max(result_.largest_energy_rise, (now - last_energy_) / energy_scale_);
    }
    last_energy_ = now;
  }

  /// Samples by dense output every sample time in reach, and the step itself when steps are kept.
  void sample_up_to(double t) {
    const auto& times = options_.sample_times;
    const double reach = t >= end_ ? t * (1.0 + 1e-12) : t;  // i · t_end/K may be an ulp beyond t_end
    for (; next_sample_ < times.size() && times[next_sample_] <= reach; ++next_sample_) {
      const double at = std::min(times[next_sample_], t);
      if (path_->t() > path_->t_old()) {
        path_->state_at(at, scratch_);
      } else {
        scratch_ = path_->u();
      }
      add_sample(times[next_sample_], scratch_);
    }
    if (options_.keep_steps && (result_.times.empty() || result_.times.back() < t)) add_sample(t, path_->u());
  }

  void add_sample(double t, const State& u) {
    result_.times.push_back(t);
    samples_.insert(samples_.end(), u.begin(), u.end());
    if (options_.record_energy) result_.energies.push_back(energy(circuit_, as_vector(u)));
  }

  void finish() {
    result_.form = system_.coupling().name();
    result_.t_final = path_->t();
    result_.visits = patterns_.visits();
    result_.u = as_vector(path_->u());
    result_.reason = reason();
    if (result_.reason == EndReason::oscillating) result_.period = cycle_.period();
    if (result_.reason == EndReason::settled) hold_final_state();
    if (options_.find_settle_time && !is_noisy()) {
      result_.settle_time = diverged_ ? path_->t() : history_.settle_time(circuit_, settle_band);
    }
    result_.samples = Eigen::Map<const Matrix>(samples_.data(), static_cast<Index>(result_.times.size()), circuit_.size());
  }

  EndReason reason() const {
    if (diverged_) return EndReason::diverged;
    if (settled_) return EndReason::settled;
    return cycle_.period() ? EndReason::oscillating : EndReason::time_limit;
  }

  void hold_final_state() {
    for (; next_sample_ < options_.sample_times.size(); ++next_sample_) {
      add_sample(options_.sample_times[next_sample_], path_->u());
    }
  }

  const Circuit& circuit_;
  const ReferenceOptions& options_;
  System& system_;
  double scale_;
  double end_;
  double window_;          // the longest delay
  std::unique_ptr<Path> path_;
  History history_;
  CycleDetector cycle_;
  PatternWatch patterns_;
  ReferenceRun result_;
  std::vector<double> samples_;
  State scratch_;
  std::size_t next_sample_ = 0;
  double moved_ = 0.0;     // when it was last seen moving
  bool settled_ = false;
  bool diverged_ = false;
  bool track_energy_ = false;
  double energy_scale_ = 0.0;
  double last_energy_ = 0.0;
};

}  // namespace

const char* to_string(EndReason reason) {
  switch (reason) {
    case EndReason::settled: return "settled";
    case EndReason::time_limit: return "time-limit";
    case EndReason::oscillating: return "oscillating";
    case EndReason::diverged: return "diverged";
  }
  return "";
}

Integrator::Integrator(const Circuit& circuit) : circuit_(circuit), system_(circuit), bound_(invariant_bound(circuit)) {}

ReferenceRun Integrator::run(const Vector& u0, const ReferenceOptions& options) {
  if (u0.size() == 0 || u0.size() != circuit_.size()) throw std::invalid_argument("integrate: u0 has the wrong size");
  if (options.noise != nullptr && !(options.t_end && options.noise->step > 0.0)) {
    throw std::invalid_argument("integrate: a run with noise needs its step and t_end");
  }
  if (circuit_.longest_delay() > 0.0 && circuit_.activation.are_hard()) {
    throw std::invalid_argument("integrate: hard units have no delays");
  }
  if (!options.stop_when_settled && !options.t_end) throw std::invalid_argument("integrate: an endless run needs t_end");
  return Run(circuit_, system_, bound_, u0, options).integrate();
}

ReferenceRun integrate(const Circuit& circuit, const Vector& u0, const ReferenceOptions& options) {
  return Integrator(circuit).run(u0, options);
}

}  // namespace basin
