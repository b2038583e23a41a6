#include "sim/compare/probe_runs.hpp"

#include <algorithm>
#include <utility>

#include "sim/compare/probes.hpp"
#include "sim/reference/estimate.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {
namespace {

constexpr double followed_together = 100.0;   // max(τ); a run that has not settled by then may be a cycle, and goes on alone

/// An ensemble of the judgement's realised circuit; none where it can't be one.
std::optional<Ensemble> make_ensemble(const Judgement& judgement) {
  const Circuit& circuit = judgement.prepared.realised;
  const bool fit = circuit.is_dense() && !circuit.activation.are_hard() && circuit.longest_delay() == 0.0;
  if (!fit || !judgement.prepared.phases.empty()) return std::nullopt;
  const double dt = judgement.network().dt;
  EnsembleOptions options;
  options.rtol = judgement.rtol;
  options.atol = judgement.atol;
  options.sample_interval = dt;
  options.t_end = std::max(followed_together * circuit.tau.maxCoeff(), dt * static_cast<double>(judgement.network().step_limit));
  return Ensemble(circuit, options);
}

Circuit with_bias(const Circuit& circuit, const Vector& shift) {
  Circuit moved = circuit;
  if (shift.size() > 0) moved.bias += shift;
  return moved;
}

}  // namespace

ProbeRuns::ProbeRuns(const Judgement& judgement) : judgement_(judgement), ensemble_(make_ensemble(judgement)) {}

std::size_t ProbeRuns::cues_together() const {
  constexpr std::size_t panels = 4;                // one lane waits for the last run of its panel: the more the less it matters
  if (!ensemble_) return 1;
  const auto neurons = static_cast<double>(judgement_.prepared.realised.size());
  const double a_cue = 8.0 * neurons * (3.0 * neurons + static_cast<double>(judgement_.network().step_limit));   // its circuits and its states
  const auto allowed = static_cast<std::size_t>(std::max(1.0, probed_together_bytes / a_cue));
  return std::min(allowed, (panels * ensemble_->lanes() + start_draws - 1) / start_draws);
}

bool ProbeRuns::together(const ProbeRun& run) const { return ensemble_.has_value() && run.circuit->held().size() == 0; }

std::vector<ProbeEnd> ProbeRuns::run(std::span<const ProbeRun> runs) const {
  std::vector<ProbeEnd> ends(runs.size());
  std::vector<std::size_t> ensemble;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    if (together(runs[k])) ensemble.push_back(k);
    else ends[k] = run_alone(runs[k]);
  }
  if (!ensemble.empty()) run_together(runs, ensemble, ends);
  return ends;
}

void ProbeRuns::run_together(std::span<const ProbeRun> runs, const std::vector<std::size_t>& which,
                             std::vector<ProbeEnd>& ends) const {
  const Vector& own_bias = judgement_.prepared.realised.bias;
  std::size_t next = 0;
  const auto source = [&](EnsembleCue& cue) {
    throw_if_interrupted();
    if (next == which.size()) return false;
    const std::size_t number = which[next++];
    const ProbeRun& run = runs[number];
    cue.number = number;
    cue.u0 = run.start;
    cue.bias = run.circuit->whole().bias - own_bias;
    if (run.bias_shift.size() > 0) cue.bias += run.bias_shift;
    if (run.beside == nullptr) return true;
    cue.samples = static_cast<std::size_t>(run.beside->rows());
    cue.sample = [&end = ends[number], beside = run.beside](std::size_t step, const Vector& u) {
      const auto there = beside->row(static_cast<Index>(step)).transpose();
      end.difference = std::max(end.difference, (u - there).cwiseAbs().maxCoeff());
    };
    return true;
  };
  ensemble_->integrate(source, [&](EnsembleRun&& run) {
    ends[run.number].reason = run.reason;
    ends[run.number].u = std::move(run.u);
  });
  for (const std::size_t number : which) {
    ProbeEnd& end = ends[number];
    if (end.reason != EndReason::time_limit) continue;
    const ProbeRun& run = runs[number];
    const Circuit moved = with_bias(run.circuit->whole(), run.bias_shift);
    const ReferenceRun on = run_reference(judgement_, ClampedCircuit(*run.circuit, moved), end.u, -1);
    end.reason = on.reason;
    end.u = on.u;
  }
}

ProbeEnd ProbeRuns::run_alone(const ProbeRun& run) const {
  ReferenceRun made;
  if (run.released) {
    made = run_released(judgement_, *run.circuit, run.start);
  } else {
    const std::int64_t steps = run.beside != nullptr ? run.beside->rows() - 1 : -1;
    const Circuit moved = with_bias(run.circuit->whole(), run.bias_shift);
    made = run_reference(judgement_, ClampedCircuit(*run.circuit, moved), run.start, steps);
  }
  const double difference = run.beside != nullptr ? largest_difference(made.samples, *run.beside) : 0.0;
  return {made.reason, std::move(made.u), difference};
}

}  // namespace basin
