#include "sim/compare/cue_comparison.hpp"

#include <cmath>
#include <numeric>

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

/// Where the hardware ended: its state, the reason, the times.
void judge_hardware(const Judgement& judgement, CueComparison& result) {
  const RawTrace& trace = result.lockstep.trace;
  const FixedNetwork& network = judgement.network();
  result.steps = trace.steps();
  result.hardware_end = dequantised(trace.row(trace.rows() - 1), network.lsb_state);
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

/// The designed circuit's run: its deviation, and where its end leads on the realised circuit.
void judge_designed(const Judgement& judgement, const CueSetup& setup, const ClampedCircuit& released, const PolishedEnd* end,
                    CueComparison& result) {
  const ReferenceRun designed = run_reference(judgement, setup.designed, setup.designed_clamp, setup.start, result.steps);
  result.total_deviation =
      largest_difference(result.lockstep.trace, judgement.network().lsb_state, designed.samples).value;
  const ReferenceRun handed = run_released(judgement, setup, designed.u);
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

}  // namespace

std::int64_t Judgement::release_step() const {
  const std::vector<std::uint32_t>& steps = network().phase_steps;
  return std::accumulate(steps.begin(), steps.end(), std::int64_t{0});
}

double Judgement::bias_shift() const {
  const bool exact_outputs = prepared.core.activation.kind() == ActivationKind::hard;   // ±1, the full codes
  const double output_error = exact_outputs ? 0.0 : 0.5 * bound() * network().lsb_drive;
  return std::ldexp(network().lsb_state, network().step_exponent) + output_error;
}

CueSetup make_setup(const Prepared& prepared, int cue) {
  const Cue& given = prepared.cues[static_cast<std::size_t>(cue)];
  const FixedNetwork& network = prepared.quantised.network;
  CueSetup setup{cue, given.start, prepared.realised, prepared.core, raw_cue(network, given), {}, given.clamp};
  setup.realised_clamp = realised_clamp(network, given, setup.raw);
  for (Index i = 0; i < given.clamp.size(); ++i) {
    if (!std::isnan(given.clamp[i])) setup.start[i] = setup.raw.state[static_cast<std::size_t>(i)] * network.lsb_state;
  }
  if (given.bias.size() == 0) return setup;
  setup.designed.bias += given.bias;
  setup.raw.bias = raw_bias(network, setup.designed.bias);
  for (std::size_t i = 0; i < setup.raw.bias.size(); ++i) {
    setup.realised.bias[static_cast<Index>(i)] = setup.raw.bias[i] * network.lsb_sum();
  }
  return setup;
}

CueComparison compare_cue(const Judgement& judgement, const CueSetup& setup,
                          std::span<const std::unique_ptr<Engine>> engines, const std::vector<bool>& stay_out) {
  CueComparison result;
  result.lockstep = run_lockstep(engines, setup.raw, setup.cue, judgement.network().step_limit, stay_out);
  judge_hardware(judgement, result);
  const ClampedCircuit released(setup.realised, setup.realised_clamp);
  const ReferenceRun reference =
      run_reference(judgement, setup.realised, setup.realised_clamp, setup.start, result.steps);
  result.reference_reason = reference.reason;
  result.deviation = largest_difference(result.lockstep.trace, judgement.network().lsb_state, reference.samples);
  std::optional<PolishedEnd> end;
  if (reference.reason == EndReason::settled) {
    result.reference_settle_time = reference.settle_time;
    end.emplace(released.free_circuit(), released.restrict(reference.u), judgement.bound());
    result.reference_equilibrium = whole(released, end->equilibrium());
    if (!end->equilibrium().converged) end.reset();
  }
  const PolishedEnd* base = end ? &*end : nullptr;
  judge_attractor(released, base, result);
  judge_designed(judgement, setup, released, base, result);
  const Sensitivity sensitivity = probe(judgement, setup, released, reference.samples, base);
  result.amplification = sensitivity.amplification;
  result.borderline = sensitivity.borderline;
  result.samples = thinned(reference.samples, judgement.stride);
  if (!judgement.keep_trace) result.lockstep.trace = {};
  return result;
}

}  // namespace basin
