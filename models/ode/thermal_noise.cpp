#include "models/ode/thermal_noise.hpp"

#include <algorithm>
#include <stdexcept>

#include "models/ode/delayed_system.hpp"
#include "models/ode/kernels.hpp"
#include "models/ode/noisy_path.hpp"
#include "models/ode/pattern_watch.hpp"
#include "models/ode/run_limits.hpp"

namespace basin {
namespace {

Vector as_vector(const State& s) { return Eigen::Map<const Vector>(s.data(), static_cast<Index>(s.size())); }

/// Makes the steps of one run and takes the samples.
class NoisyRun {
 public:
  NoisyRun(const Circuit& circuit, System& system, const Vector& u0, const ReferenceOptions& options)
      : circuit_(circuit),
        options_(options),
        path_(DelayedSystem(system, circuit.delay, State(u0.begin(), u0.end())), State(u0.begin(), u0.end()), options.noise->step,
              kick(circuit, *options.noise)),
        patterns_(pattern_at()) {
    result_.largest_energy_rise = -1.0;
    result_.form = system.coupling().name();
  }

  ReferenceRun run() {
    patterns_.start(path_);
    for (const double t : options_.sample_times) {
      advance_to(std::min(t, *options_.t_end));
      if (stopped_) return finished();
      add_sample(t);
    }
    advance_to(*options_.t_end);
    return finished();
  }

 private:
  static NoisyPath<DelayedSystem>::Kick kick(const Circuit& circuit, ThermalNoise& noise) {
    const Vector amplitude = (2.0 * noise.energy * circuit.resistance.array()).sqrt() / circuit.tau.array();
    return [amplitude, &noise](double spread, State& kick) {
      for (std::size_t i = 0; i < kick.size(); ++i) kick[i] = spread * amplitude[static_cast<Index>(i)] * noise.random.normal();
    };
  }

  PatternWatch::PatternAt pattern_at() const {
    if (options_.patterns == nullptr) return {};
    return [this](const State& u) { return pattern_of_signs(*options_.patterns, as_vector(u) - circuit_.threshold); };
  }

  void advance_to(double end) {
    while (!stopped_ && path_.advance(end)) {
      ++result_.steps;
      patterns_.observe(path_);
      diverged_ = !all_finite(path_.u().data(), path_.u().size());
      stopped_ = diverged_ || result_.steps >= max_steps;
    }
  }

  void add_sample(double t) {
    result_.times.push_back(t);
    samples_.insert(samples_.end(), path_.u().begin(), path_.u().end());
    if (options_.record_energy) result_.energies.push_back(energy(circuit_, as_vector(path_.u())));
  }

  ReferenceRun finished() {
    result_.reason = diverged_ ? EndReason::diverged : EndReason::time_limit;
    result_.t_final = path_.t();
    result_.u = as_vector(path_.u());
    result_.visits = patterns_.visits();
    result_.samples = Eigen::Map<const Matrix>(samples_.data(), static_cast<Index>(result_.times.size()), circuit_.size());
    return std::move(result_);
  }

  const Circuit& circuit_;
  const ReferenceOptions& options_;
  NoisyPath<DelayedSystem> path_;
  PatternWatch patterns_;
  bool diverged_ = false;
  bool stopped_ = false;
  std::vector<double> samples_;
  ReferenceRun result_;
};

}  // namespace

ReferenceRun integrate_with_noise(const Circuit& circuit, System& system, const Vector& u0, const ReferenceOptions& options) {
  if (options.noise == nullptr || !options.t_end || !(options.noise->step > 0.0)) {
    throw std::invalid_argument("integrate_with_noise: needs noise, its step and t_end");
  }
  return NoisyRun(circuit, system, u0, options).run();
}

}  // namespace basin
