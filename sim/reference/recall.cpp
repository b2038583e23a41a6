#include "sim/reference/recall.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/reference/clamp.hpp"

namespace basin {
namespace {

/// One recall under way: what its parts have left so far.
class PhasedRun {
 public:
  PhasedRun(const Circuit& circuit, const Vector& u0, const Vector& clamp, const HoldPhases& phases,
            const ReferenceOptions& options)
      : circuit_(circuit), clamp_(clamp), phases_(phases), options_(options), u_(u0) {}

  ReferenceRun run() {
    for (const HoldPhase& phase : phases_) {
      hold(phase);
      if (result_.reason == EndReason::diverged) return finished();
    }
    release();
    return finished();
  }

 private:
  /// V of what a phase holds, NaN where it is free.
  Vector held_in(const HoldPhase& phase) const {
    Vector held = Vector::Constant(circuit_.size(), std::numeric_limits<double>::quiet_NaN());
    for (Index i = 0; i < held.size(); ++i) {
      if (phase.held[static_cast<std::size_t>(i)]) held[i] = held_output(circuit_, i, u_[i]);
    }
    return with_clamp(held);
  }

  Vector with_clamp(Vector held) const {
    for (Index i = 0; i < clamp_.size(); ++i) {
      if (!std::isnan(clamp_[i])) held[i] = clamp_[i];
    }
    return held;
  }

  void hold(const HoldPhase& phase) {
    ReferenceOptions part = options_;
    part.t_end = phase.duration;
    part.stop_when_settled = false;
    part.find_settle_time = false;
    part.sample_times = samples_until(phase.duration);
    const Vector held = held_in(phase);
    if (held.allFinite()) {   // nothing moves
      for (const double t : part.sample_times) add_sample(t, u_);
    } else {
      const ClampedCircuit clamped(circuit_, held);
      take(integrate(clamped.free_circuit(), clamped.restrict(u_), part), &clamped);
    }
    start_ += phase.duration;
    result_.t_final = start_;
  }

  void release() {
    ReferenceOptions part = options_;
    if (part.t_end) *part.t_end -= start_;
    if (part.t_end && *part.t_end <= 0.0) throw std::invalid_argument("recall: t_end is not after the release");
    part.sample_times = samples_until(std::numeric_limits<double>::infinity());
    ReferenceRun run;
    if (clamp_.size() == 0) {
      run = take(integrate(circuit_, u_, part), nullptr);
    } else {
      const ClampedCircuit clamped(circuit_, clamp_);
      run = take(integrate(clamped.free_circuit(), clamped.restrict(u_), part), &clamped);
    }
    result_.t_final = start_ + run.t_final;
    result_.settle_time = start_ + run.settle_time;
    result_.reason = run.reason;
    result_.period = run.period;
  }

  /// The next sample times that lie in a part of that length, counted from its start.
  std::vector<double> samples_until(double duration) {
    std::vector<double> times;
    const double reach = start_ + duration * (1.0 + 1e-12);
    for (; next_ < options_.sample_times.size() && options_.sample_times[next_] <= reach; ++next_) {
      times.push_back(std::clamp(options_.sample_times[next_] - start_, 0.0, duration));
    }
    return times;
  }

  /// Adds what a part found; `clamped` is null when all its neurons are free.
  ReferenceRun take(ReferenceRun run, const ClampedCircuit* clamped) {
    Vector u = u_;
    const auto whole = [&](const Vector& free) {
      if (clamped != nullptr) clamped->put(free, u);
      else u = free;
    };
    for (Index k = 0; k < run.samples.rows(); ++k) {
      whole(run.samples.row(k));
      add_sample(run.times[static_cast<std::size_t>(k)], u);
    }
    whole(run.u);
    u_ = u;
    if (phases_.empty()) result_.energies = run.energies;
    result_.steps += run.steps;
    result_.form = run.form;
    result_.reason = run.reason;
    result_.t_final = start_ + run.t_final;
    result_.largest_energy_rise = rises_ ? std::max(result_.largest_energy_rise, run.largest_energy_rise) : run.largest_energy_rise;
    rises_ = true;
    return run;
  }

  void add_sample(double t, const Vector& u) {
    result_.times.push_back(start_ + t);
    samples_.insert(samples_.end(), u.begin(), u.end());
    if (!phases_.empty() && options_.record_energy) result_.energies.push_back(energy(circuit_, u));
  }

  ReferenceRun finished() {
    result_.u = u_;
    result_.samples =
        Eigen::Map<const Matrix>(samples_.data(), static_cast<Index>(result_.times.size()), circuit_.size());
    return std::move(result_);
  }

  const Circuit& circuit_;
  const Vector& clamp_;
  const HoldPhases& phases_;
  const ReferenceOptions& options_;
  Vector u_;
  double start_ = 0.0;         // of the present phase
  std::size_t next_ = 0;       // sample time
  bool rises_ = false;         // an energy rise has been reported
  std::vector<double> samples_;
  ReferenceRun result_;
};

}  // namespace

ReferenceRun recall(const Circuit& circuit, const Vector& u0, const Vector& clamp, const HoldPhases& phases,
                    const ReferenceOptions& options) {
  if (phases.empty() && clamp.size() == 0) return integrate(circuit, u0, options);
  return PhasedRun(circuit, u0, clamp, phases, options).run();
}

}  // namespace basin
