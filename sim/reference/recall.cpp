#include "sim/reference/recall.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "sim/reference/hold_walk.hpp"

namespace basin {
namespace {

/// One recall under way: what its parts have left so far.
class PhasedRun {
 public:
  PhasedRun(const ClampedCircuit& circuit, const Vector& u0, const HoldPhases& phases, const ReferenceOptions& options)
      : circuit_(circuit), walk_(circuit.whole(), phases, circuit.held()), phased_(!phases.empty()), options_(options), u_(u0) {}

  ReferenceRun run() {
    for (walk_.start(u_); !walk_.released(); walk_.next(u_)) {
      hold();
      if (result_.reason == EndReason::diverged) return finished();
    }
    release();
    return finished();
  }

 private:
  void hold() {
    ReferenceOptions part = options_;
    part.t_end = walk_.duration();
    part.stop_when_settled = false;
    part.find_settle_time = false;
    part.patterns = nullptr;
    part.sample_times = times_in_part();
    if (walk_.moves()) {
      const ClampedCircuit moving(circuit_.whole(), walk_.held());
      take(integrate(moving.free_circuit(), moving.restrict(u_), part), moving);
    } else {
      for (const double t : part.sample_times) add_sample(t, u_);
    }
    result_.t_final = walk_.begin() + walk_.duration();
  }

  void release() {
    ReferenceOptions part = options_;
    if (part.t_end) *part.t_end -= walk_.begin();
    if (part.t_end && *part.t_end <= 0.0) throw std::invalid_argument("recall: t_end is not after the release");
    if (circuit_.free_circuit().size() < circuit_.whole().size()) part.patterns = nullptr;   // of neurons that it does not have
    part.sample_times = times_in_part();
    const ReferenceRun run = take(integrate(circuit_.free_circuit(), circuit_.restrict(u_), part), circuit_);
    result_.settle_time = walk_.begin() + run.settle_time;
    result_.reason = run.reason;
    result_.period = run.period;
    for (const PatternVisit& visit : run.visits) result_.visits.push_back({visit.pattern, walk_.begin() + visit.t});
  }

  /// The next sample times, those in the present part, counted from its start.
  std::vector<double> times_in_part() {
    std::vector<double> times;
    for (; next_ < options_.sample_times.size() && walk_.reaches(options_.sample_times[next_]); ++next_) {
      times.push_back(std::clamp(options_.sample_times[next_] - walk_.begin(), 0.0, walk_.duration()));
    }
    return times;
  }

  /// Adds what a part found.
  ReferenceRun take(ReferenceRun run, const ClampedCircuit& moving) {
    Vector u = u_;
    for (Index k = 0; k < run.samples.rows(); ++k) {
      moving.put(run.samples.row(k), u);
      add_sample(run.times[static_cast<std::size_t>(k)], u);
    }
    moving.put(run.u, u);
    u_ = u;
    if (!phased_) result_.energies = run.energies;
    result_.steps += run.steps;
    result_.form = run.form;
    result_.reason = run.reason;
    result_.t_final = walk_.begin() + run.t_final;
    result_.largest_energy_rise = rises_ ? std::max(result_.largest_energy_rise, run.largest_energy_rise) : run.largest_energy_rise;
    rises_ = true;
    return run;
  }

  void add_sample(double t, const Vector& u) {
    result_.times.push_back(walk_.begin() + t);
    samples_.insert(samples_.end(), u.begin(), u.end());
    if (phased_ && options_.record_energy) {
      result_.energies.push_back(energy(circuit_.free_circuit(), circuit_.restrict(u)));
    }
  }

  ReferenceRun finished() {
    result_.u = u_;
    result_.samples =
        Eigen::Map<const Matrix>(samples_.data(), static_cast<Index>(result_.times.size()), circuit_.whole().size());
    return std::move(result_);
  }

  const ClampedCircuit& circuit_;
  HoldWalk walk_;
  bool phased_;                // with more than one part
  const ReferenceOptions& options_;
  Vector u_;
  std::size_t next_ = 0;       // sample time
  bool rises_ = false;         // an energy rise has been reported
  std::vector<double> samples_;
  ReferenceRun result_;
};

}  // namespace

ReferenceRun recall(const ClampedCircuit& circuit, const Vector& u0, const HoldPhases& phases, const ReferenceOptions& options) {
  if (phases.empty() && &circuit.free_circuit() == &circuit.whole()) return integrate(circuit.whole(), u0, options);
  return PhasedRun(circuit, u0, phases, options).run();
}

}  // namespace basin
