#include "models/ode/thermal_noise.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/ode/delayed_system.hpp"
#include "models/ode/kernels.hpp"
#include "models/ode/run_limits.hpp"

namespace basin {
namespace {

class NoisyRun {
 public:
  NoisyRun(const Circuit& circuit, System& system, const Vector& u0, const ReferenceOptions& options)
      : circuit_(circuit),
        options_(options),
        noise_(*options.noise),
        system_(system, circuit.delay, State(u0.begin(), u0.end())),
        amplitude_((2.0 * noise_.energy * circuit.resistance.array()).sqrt() / circuit.tau.array()),
        longest_step_(system_.delays().empty() ? noise_.step : std::min(noise_.step, system_.delays().front())),
        u_(u0.begin(), u0.end()),
        before_(u_.size()),
        slope_(u_.size()),
        slope_end_(u_.size()),
        kick_(u_.size()) {
    result_.largest_energy_rise = -1.0;
    result_.form = system.coupling().name();
  }

  ReferenceRun run() {
    look_for_patterns();
    for (const double t : options_.sample_times) {
      advance_to(std::min(t, *options_.t_end));
      if (stopped_) return finished();
      add_sample(t);
    }
    advance_to(*options_.t_end);
    return finished();
  }

 private:
  /// By equal steps, none longer than the longest.
  void advance_to(double end) {
    const double begin = t_;
    const double count = std::ceil((end - begin) / longest_step_ * (1.0 - 1e-12));
    for (double k = 1.0; k <= count && !stopped_; ++k) {
      step(begin + (end - begin) * k / count);
      ++result_.steps;
      look_for_patterns();
      diverged_ = !all_finite(u_.data(), u_.size());
      stopped_ = diverged_ || result_.steps >= max_steps;
    }
  }

  void step(double end) {
    const double h = end - t_;
    const double spread = std::sqrt(h);
    before_ = u_;
    system_(u_, slope_, t_);
    for (std::size_t i = 0; i < u_.size(); ++i) {
      kick_[i] = spread * amplitude_[static_cast<Index>(i)] * noise_.random.normal();
      u_[i] += h * slope_[i] + kick_[i];
    }
    system_(u_, slope_end_, end);
    for (std::size_t i = 0; i < u_.size(); ++i) u_[i] = before_[i] + 0.5 * h * (slope_[i] + slope_end_[i]) + kick_[i];
    system_.remember(t_, end, before_, u_);
    t_ = end;
  }

  [[nodiscard]] Vector state() const { return Eigen::Map<const Vector>(u_.data(), static_cast<Index>(u_.size())); }

  void look_for_patterns() {
    if (options_.patterns == nullptr) return;
    const Index pattern = pattern_of_signs(*options_.patterns, state() - circuit_.threshold);
    if (is_new_visit(result_.visits, pattern)) result_.visits.push_back({pattern, t_});
  }

  void add_sample(double t) {
    result_.times.push_back(t);
    samples_.insert(samples_.end(), u_.begin(), u_.end());
    if (options_.record_energy) result_.energies.push_back(energy(circuit_, state()));
  }

  ReferenceRun finished() {
    result_.reason = diverged_ ? EndReason::diverged : EndReason::time_limit;
    result_.t_final = t_;
    result_.u = state();
    result_.samples = Eigen::Map<const Matrix>(samples_.data(), static_cast<Index>(result_.times.size()), circuit_.size());
    return std::move(result_);
  }

  const Circuit& circuit_;
  const ReferenceOptions& options_;
  ThermalNoise& noise_;
  DelayedSystem system_;
  Vector amplitude_;       // √(2 k_B T/R_i)/C_i
  double longest_step_;
  double t_ = 0.0;
  State u_, before_, slope_, slope_end_, kick_;
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
