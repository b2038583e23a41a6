#include "sim/atlas/recalls.hpp"

#include <cmath>
#include <utility>

#include "sim/compare/probes.hpp"
#include "sim/reference/raw_cue.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {
namespace {

constexpr double rounding = 1e-12;   // of a start on the very edge of the box

Judgement judgement_of(const Design& design, const Prepared& prepared) {
  Judgement judgement{.prepared = prepared};
  judgement.rtol = design.simulate.rtol;
  judgement.atol = design.simulate.atol;
  judgement.seed = design.cues.seed;
  judgement.stride = 0;
  return judgement;
}

Vector dequantised(std::span<const std::int32_t> raw, double lsb) {
  Vector u(static_cast<Index>(raw.size()));
  for (std::size_t i = 0; i < raw.size(); ++i) u[static_cast<Index>(i)] = raw[i] * lsb;
  return u;
}

}  // namespace

Recalls::Recalls(const Design& design, const Prepared& prepared)
    : design_(design),
      judgement_(judgement_of(design, prepared)),
      released_(prepared.realised, {}),
      runs_(judgement_),
      model_(prepared.quantised.network) {}

std::vector<Cue> Recalls::cues_of(std::span<const Start> starts) const {
  Design rows = design_;
  rows.cues.present = true;
  rows.cues.from = CueSource::file;
  rows.cues.as = CueUse::state;
  rows.cues.amplitude = 1.0;
  rows.cues.given.resize(static_cast<Index>(starts.size()), starts.empty() ? 0 : starts.front().u.size());
  for (std::size_t s = 0; s < starts.size(); ++s) rows.cues.given.row(static_cast<Index>(s)) = starts[s].u;
  const Circuit& designed = judgement_.prepared.circuit;
  return to_core(make_cues(rows, designed), designed);
}

BlockEnds Recalls::run(const StartSet& set, const Plane* plane, std::size_t first, std::size_t count) const {
  std::vector<Start> starts;
  for (std::size_t s = first; s < first + count; ++s) starts.push_back(make_start(design_, set, s, plane));
  const std::vector<Cue> cues = cues_of(starts);
  BlockEnds ends{{}, std::vector<int>(count, outside_label), std::vector<int>(count, outside_label), false};
  AttractorBook book(circuit(), bound(), network().dt);
  if (set.kind == StartKind::newton) {
    for (std::size_t s = 0; s < count; ++s) ends.reference[s] = book.place_end(cues[s].start);
    ends.hardware.assign(count, unsettled_label);
  } else {
    std::vector<std::size_t> which;   // the hardware's states hold no others
    for (std::size_t s = 0; s < count; ++s) {
      if (cues[s].start.cwiseAbs().maxCoeff() <= (1.0 + rounding) * bound()) which.push_back(s);
    }
    label_reference(cues, which, book, ends);
    label_hardware(cues, which, book, ends);
  }
  ends.attractors = book.all();
  return ends;
}

std::vector<ProbeEnd> Recalls::run_reference(std::span<const Vector> starts) const {
  std::vector<ProbeRun> runs;
  for (const Vector& start : starts) runs.push_back({&released_, start, {}, false, nullptr});
  return runs_.run(runs);
}

void Recalls::label_reference(std::span<const Cue> cues, const std::vector<std::size_t>& which, AttractorBook& book,
                              BlockEnds& ends) const {
  std::vector<Vector> starts;
  for (const std::size_t s : which) starts.push_back(cues[s].start);
  const std::vector<ProbeEnd> found = run_reference(starts);
  for (std::size_t k = 0; k < which.size(); ++k) {
    int& label = ends.reference[which[k]] = unsettled_label;
    if (found[k].reason == EndReason::settled) label = book.place_end(found[k].u);
    if (found[k].reason != EndReason::oscillating) continue;
    if (const auto cycle = reference_cycle(found[k])) label = book.place(*cycle);
  }
}

std::optional<Attractor> Recalls::reference_cycle(const ProbeEnd& end) const {
  const ReferenceRun on = run_released(judgement_, released_, end.u);
  if (!on.period) return std::nullopt;
  const double steps = *on.period / network().dt;
  const ReferenceRun round = run_released(judgement_, released_, on.u, static_cast<std::int64_t>(std::ceil(steps)));
  return cycle_attractor(Cycle::of_end(round.samples, steps), network().dt);
}

void Recalls::label_hardware(std::span<const Cue> cues, const std::vector<std::size_t>& which, AttractorBook& book,
                             BlockEnds& ends) const {
  std::vector<RawCue> raw;
  for (const std::size_t s : which) raw.push_back(raw_cue(network(), judgement_.prepared.core.bias, cues[s]));
  throw_if_interrupted();
  const std::vector<RawRecall> found = model_.recall(raw);
  for (std::size_t k = 0; k < which.size(); ++k) {
    int& label = ends.hardware[which[k]] = unsettled_label;
    ends.overflow = ends.overflow || found[k].overflow;
    if (found[k].settled) {
      label = book.place_end(dequantised(found[k].state, network().lsb_state));
    } else if (const auto cycle = hardware_cycle(raw[k])) {
      label = book.place(*cycle);
    }
  }
}

std::optional<Attractor> Recalls::hardware_cycle(const RawCue& raw) const {
  throw_if_interrupted();
  RawTrace trace{raw.state.size(), raw.state};
  const auto keep = [&](const BatchStep& step) { trace.words.insert(trace.words.end(), step.state.begin(), step.state.end()); };
  const bool settled = model_.recall({&raw, 1}, keep).front().settled;
  const std::optional<double> period = trace_period(trace);
  if (settled || !period) return std::nullopt;
  const auto rows = static_cast<std::size_t>(std::ceil(*period)) + 1;
  const std::size_t kept = std::min(rows, trace.rows());
  Matrix states(static_cast<Index>(kept), static_cast<Index>(trace.neurons));
  for (std::size_t k = 0; k < kept; ++k) {
    states.row(static_cast<Index>(k)) = dequantised(trace.row(trace.rows() - kept + k), network().lsb_state);
  }
  return cycle_attractor(Cycle::of_end(states, *period), network().dt);
}

}  // namespace basin
