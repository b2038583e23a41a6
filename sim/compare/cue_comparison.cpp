#include "sim/compare/cue_comparison.hpp"

#include <cmath>
#include <numeric>

#include "sim/compare/cycles.hpp"
#include "sim/compare/probes.hpp"
#include "sim/reference/raw_cue.hpp"

namespace basin {
namespace {

/// Every `stride`-th row and the last.
Matrix thinned(const Matrix& samples, std::size_t stride) {
  if (stride == 0) return {};
  const auto step = static_cast<Index>(stride);
  const Index last = samples.rows() - 1;
  const Index count = last / step + (last % step == 0 ? 1 : 2);
  Matrix kept(count, samples.cols());
  for (Index row = 0; row < count; ++row) kept.row(row) = samples.row(std::min(row * step, last));
  return kept;
}

Vector dequantised(std::span<const std::int32_t> raw, double lsb) {
  Vector u(static_cast<Index>(raw.size()));
  for (std::size_t i = 0; i < raw.size(); ++i) u[static_cast<Index>(i)] = raw[i] * lsb;
  return u;
}

/// Memories passed after the release in `steps` + 1 states, of which row_of(k) is the k-th.
template <typename RowOf>
std::vector<PatternVisit> visits_of(const Judgement& judgement, std::int64_t steps, const RowOf& row_of) {
  std::vector<PatternVisit> visits;
  if (judgement.patterns == nullptr) return visits;
  for (std::int64_t k = judgement.release_step(); k <= steps; ++k) {
    const Index m = pattern_of_signs(*judgement.patterns, row_of(k));
    if (is_new_visit(visits, m)) visits.push_back({m, static_cast<double>(k) * judgement.network().dt});
  }
  return visits;
}

/// The same memories in the same order; one of the two may have been stopped one visit earlier.
bool same_order(const std::vector<PatternVisit>& a, const std::vector<PatternVisit>& b) {
  const std::size_t common = std::min(a.size(), b.size());
  if (std::max(a.size(), b.size()) > common + 1) return false;
  for (std::size_t k = 0; k < common; ++k) {
    if (a[k].pattern != b[k].pattern) return false;
  }
  return true;
}

/// Where the hardware ended: its state, the reason, the times.
void judge_hardware(const Judgement& judgement, CueComparison& result) {
  const RawTrace& trace = result.lockstep.trace;
  const FixedNetwork& network = judgement.network();
  result.steps = trace.steps();
  result.hardware_end = dequantised(trace.row(trace.rows() - 1), network.lsb_state);
  result.visits = visits_of(judgement, result.steps, [&](std::int64_t k) { return trace.row(static_cast<std::size_t>(k)); });
  if (result.lockstep.settled) {
    result.settle_time = trace_settle_time(network, trace, judgement.release_step());
    return;
  }
  const std::optional<double> period = trace_period(trace);
  result.hardware_reason = period ? EndReason::oscillating : EndReason::time_limit;
  if (period) result.period = *period * network.dt;
}

/// The equilibrium of the free neurons as one of all, with V where it is held.
Equilibrium whole(const ClampedCircuit& released, Equilibrium free) {
  if (free.u.size() > 0) free.u = released.signed_state(free.u);
  return free;
}

/// Once round the cycle of the realised circuit on which `u` lies.
Cycle cycle_from(const Judgement& judgement, const ClampedCircuit& released, const Vector& u, double period) {
  const double steps = period / judgement.network().dt;
  return Cycle::of_end(run_released(judgement, released, u, static_cast<std::int64_t>(std::ceil(steps))).samples, steps);
}

/// The cycle of the realised circuit that `run` from `start` came to. With delays a state alone does not say how it goes on: the
/// run is made once more, and a round longer.
Cycle cycle_of(const Judgement& judgement, const ClampedCircuit& released, const Vector& start, const ReferenceRun& run) {
  if (released.whole().longest_delay() == 0.0) return cycle_from(judgement, released, run.u, *run.period);
  const double dt = judgement.network().dt, steps = *run.period / dt;
  return Cycle::of_end(run_on(judgement, released, start, run.t_final, static_cast<std::int64_t>(std::ceil(steps))).samples, steps);
}

/// Whether the designed circuit's end, handed to the realised circuit, goes round `cycle` there.
bool leads_to(const Judgement& judgement, const CueSetup& setup, const ClampedCircuit& released, const ReferenceRun& designed,
              const Cycle& cycle) {
  if (designed.reason != EndReason::oscillating) return false;
  if (released.whole().longest_delay() > 0.0) return true;   // a state is not enough to hand over; it oscillates too
  const ReferenceRun handed = run_released(judgement, released, designed.u);
  if (handed.reason != EndReason::oscillating) return false;
  return same_cycle(cycle_from(judgement, released, handed.u, *handed.period), cycle,
                    cycle_scale(setup.realised, judgement.bound()));
}

/// The designed circuit's run: its deviation, and where its end leads on the realised circuit.
void judge_designed(const Judgement& judgement, const CueSetup& setup, const ClampedCircuit& released, const PolishedEnd* end,
                    const Cycle* cycle, CueComparison& result) {
  const ClampedCircuit designed_circuit(setup.designed, setup.designed_clamp);
  const ReferenceRun designed = run_reference(judgement, designed_circuit, setup.start, result.steps);
  result.total_deviation =
      largest_difference(result.lockstep.trace, judgement.network().lsb_state, designed.samples.topRows(result.judged_steps + 1))
          .value;
  if (cycle != nullptr) {
    result.moved_by_weights = !leads_to(judgement, setup, released, designed, *cycle);
    return;
  }
  const ReferenceRun handed = run_released(judgement, released, designed.u);
  const bool settles = designed.reason == EndReason::settled && handed.reason == EndReason::settled;
  if (settles && end != nullptr && end->same(released.free_circuit(), released.restrict(handed.u))) {
    result.designed_equilibrium = whole(released, end->equilibrium());
    return;
  }
  result.moved_by_weights = settles || end != nullptr;
  if (settles) result.designed_equilibrium = whole(released, polish(released.free_circuit(), released.restrict(handed.u)));
}

/// The hardware's end, polished, against the reference's.
void judge_attractor(const ClampedCircuit& released, const PolishedEnd* end, CueComparison& result) {
  if (!result.lockstep.settled) return;
  const Vector free_end = released.restrict(result.hardware_end);
  result.same_attractor = end != nullptr && end->same(released.free_circuit(), free_end);
  result.hardware_equilibrium =
      whole(released, result.same_attractor ? end->equilibrium() : polish(released.free_circuit(), free_end));
}

/// A cue that has run on the engines and on the references, but is not probed yet.
class JudgedCue {
 public:
  JudgedCue(const Judgement& judgement, int cue, const CueEngines& given)
      : judgement_(judgement), setup_(make_setup(judgement.prepared, cue)), released_(setup_.realised, setup_.realised_clamp) {
    result_.lockstep =
        run_lockstep(given.engines, setup_.raw, cue, judgement.network().step_limit, given.stay_out);
    judge_hardware(judgement, result_);
    judge_reference();
    const PolishedEnd* base = end_ ? &*end_ : nullptr;
    judge_attractor(released_, base, result_);
    judge_cycle();
    judge_designed(judgement, setup_, released_, base, cycle_ ? &*cycle_ : nullptr, result_);
    if (!judgement.keep_trace) result_.lockstep.trace = {};
  }
  JudgedCue(const JudgedCue&) = delete;
  JudgedCue& operator=(const JudgedCue&) = delete;

  [[nodiscard]] ProbedCue probed() const {
    const Matrix* judged = judged_.rows() > 0 ? &judged_ : &samples_;
    return {&setup_, &released_, judged, end_ ? &*end_ : nullptr};
  }

  CueComparison result(const Sensitivity& sensitivity) && {
    result_.amplification = sensitivity.amplification;
    if (!result_.chaos) result_.borderline = sensitivity.borderline;   // chaos amplifies everything, and has no end to change
    result_.samples = thinned(samples_, judgement_.stride);
    for (Index row = 0; row < result_.samples.rows(); ++row) {
      result_.energies.push_back(energy(released_.free_circuit(), released_.restrict(result_.samples.row(row))));
    }
    return std::move(result_);
  }

 private:
  void judge_reference() {
    ReferenceRun reference = run_reference(judgement_, released_, setup_.start, result_.steps);
    result_.reference_reason = reference.reason;
    samples_ = std::move(reference.samples);
    result_.reference_period = reference.period;
    result_.reference_visits = visits_of(judgement_, result_.steps, [&](std::int64_t k) { return samples_.row(k); });
    result_.judged_steps = result_.steps;
    if (reference.period) cycle_ = cycle_of(judgement_, released_, setup_.start, reference);
    if (reference.period) {   // later the phases drift apart, whatever the machine
      const auto round = static_cast<std::int64_t>(std::ceil(*reference.period / judgement_.network().dt));
      result_.judged_steps = std::min(result_.steps, judgement_.release_step() + round);
      judged_ = samples_.topRows(result_.judged_steps + 1);
    }
    if (reference.reason == EndReason::time_limit && result_.hardware_reason == EndReason::time_limit) judge_chaos(reference.u);
    result_.deviation = largest_difference(result_.lockstep.trace, judgement_.network().lsb_state,
                                           judged_.rows() > 0 ? judged_ : samples_);
    if (reference.reason != EndReason::settled) return;
    result_.reference_settle_time = reference.settle_time;
    end_.emplace(released_.free_circuit(), released_.restrict(reference.u), judgement_.bound());
    result_.reference_equilibrium = whole(released_, end_->equilibrium());
    if (!end_->equilibrium().converged) end_.reset();
  }

  /// `end`: where the reference was cut off.
  void judge_chaos(const Vector& end) {
    if (released_.whole().longest_delay() > 0.0) return;   // what spreads there is a history, not a state
    const Matrix hardware = dequantised(result_.lockstep.trace, judgement_.network().lsb_state);
    result_.chaos = compare_chaos(judgement_, released_, hardware, samples_, end);
    if (!result_.chaos) return;
    result_.same_attractor = result_.chaos->agrees();
    result_.judged_steps = std::min(result_.steps, judgement_.release_step() + judged_steps(*result_.chaos, judgement_.network().dt));
    judged_ = samples_.topRows(result_.judged_steps + 1);
  }

  /// The hardware's cycle against the reference's.
  void judge_cycle() {
    if (!result_.period || !cycle_) return;
    const FixedNetwork& network = judgement_.network();
    const Cycle hardware = Cycle::of_end(dequantised(result_.lockstep.trace, network.lsb_state), *result_.period / network.dt);
    const Vector scale = cycle_scale(setup_.realised, judgement_.bound());
    const bool delayed = setup_.realised.longest_delay() > 0.0;
    const bool same = delayed ? same_cycle(with_past(hardware), with_past(*cycle_), scale.replicate(2, 1)) : same_cycle(hardware, *cycle_, scale);
    result_.same_attractor = same && same_order(result_.visits, result_.reference_visits);
  }

  const Judgement& judgement_;
  CueSetup setup_;
  ClampedCircuit released_;
  Matrix samples_;                     // of the realised reference, at every network step
  Matrix judged_;                      // the first of them, as far as deviations are taken; empty: all
  std::optional<PolishedEnd> end_;     // where it ends
  std::optional<Cycle> cycle_;         // on which it ends
  CueComparison result_;
};

}  // namespace

std::int64_t Judgement::release_step() const {
  const std::vector<std::uint32_t>& steps = network().phase_steps;
  return std::accumulate(steps.begin(), steps.end(), std::int64_t{0});
}

double Judgement::bias_shift() const {
  const bool exact_outputs = prepared.core.activation.are_hard();   // ±1, the full codes
  const double output_error = exact_outputs ? 0.0 : 0.5 * bound() * network().lsb_drive;
  return std::ldexp(network().lsb_state, network().step_exponent) + output_error;
}

CueSetup make_setup(const Prepared& prepared, int cue) {
  const Cue& given = prepared.cues[static_cast<std::size_t>(cue)];
  const FixedNetwork& network = prepared.quantised.network;
  const RawCue raw = raw_cue(network, prepared.core.bias, given);
  CueSetup setup{.cue = cue,
                 .start = realised_start(network, given, raw),
                 .realised = prepared.realised,
                 .designed = prepared.core,
                 .raw = raw,
                 .realised_clamp = realised_clamp(network, given, raw),
                 .designed_clamp = given.clamp};
  setup.realised.bias = realised_bias(network, prepared.realised.bias, raw);
  if (given.bias.size() > 0) setup.designed.bias += given.bias;
  return setup;
}

std::vector<CueComparison> compare_cues(const Judgement& judgement, const Prober& prober, int first, int count,
                                        const std::function<CueEngines(int cue)>& engines_of,
                                        const std::function<void()>& compared) {
  std::vector<std::unique_ptr<JudgedCue>> judged;
  std::vector<ProbedCue> probed;
  for (int cue = first; cue < first + count; ++cue) {
    judged.push_back(std::make_unique<JudgedCue>(judgement, cue, engines_of(cue)));
    probed.push_back(judged.back()->probed());
    if (compared) compared();
  }
  const std::vector<Sensitivity> found = prober.probe(probed);
  std::vector<CueComparison> results;
  for (std::size_t k = 0; k < judged.size(); ++k) results.push_back(std::move(*judged[k]).result(found[k]));
  return results;
}

}  // namespace basin
