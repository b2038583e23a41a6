#include <algorithm>
#include <memory>

#include "sim/compare/report.hpp"
#include "sim/reference/hold_walk.hpp"

namespace basin {
namespace {

constexpr std::size_t largest_array = std::size_t{1} << 26;

/// Sample k of a cue: its last one from where it ended.
Index row_of(const Matrix& samples, std::size_t k) { return std::min(static_cast<Index>(k), samples.rows() - 1); }

void append(const Vector& values, std::vector<double>& list) { list.insert(list.end(), values.begin(), values.end()); }

void fill_reference(const Judgement& judgement, const std::vector<CueComparison>& cues, Traces& traces) {
  const std::size_t neurons = traces.neurons;
  traces.u.reserve(traces.cues * traces.samples * neurons);
  traces.v.reserve(traces.cues * traces.samples * neurons);
  for (std::size_t c = 0; c < cues.size(); ++c) {
    const CueSetup setup = make_setup(judgement.prepared, static_cast<int>(c));
    const HoldWalk walk(setup.realised, judgement.prepared.phases, setup.realised_clamp);
    const Matrix v = outputs_along(walk, traces.t, cues[c].samples);
    for (std::size_t k = 0; k < traces.samples; ++k) {
      const Index row = row_of(cues[c].samples, k);
      append(cues[c].samples.row(row), traces.u);
      append(v.row(row), traces.v);
      traces.energy.push_back(cues[c].energies[static_cast<std::size_t>(row)]);
    }
  }
}

std::shared_ptr<const std::vector<std::int32_t>> raw_states(const std::vector<CueComparison>& cues,
                                                            const Traces& traces) {
  auto words = std::make_shared<std::vector<std::int32_t>>();
  words->reserve(traces.cues * traces.steps * traces.neurons);
  for (const CueComparison& cue : cues) {
    const RawTrace& trace = cue.lockstep.trace;
    for (std::size_t k = 0; k < traces.steps; ++k) {
      const auto row = trace.row(std::min(k, trace.rows() - 1));
      words->insert(words->end(), row.begin(), row.end());
    }
  }
  return words;
}

}  // namespace

void describe_traces(const Design& design, const Judgement& judgement, const std::vector<CueComparison>& cues,
                     Verification& verification) {
  Traces& traces = verification.traces;
  const bool physical = design.circuit.units == Units::physical;
  traces.time_unit = physical ? "s" : "tau";
  traces.state_unit = physical ? "V" : "1";
  traces.cues = cues.size();
  traces.neurons = static_cast<std::size_t>(judgement.prepared.circuit.size());
  for (const CueComparison& cue : cues) {
    traces.steps = std::max(traces.steps, cue.lockstep.trace.rows());
    traces.samples = std::max(traces.samples, static_cast<std::size_t>(cue.samples.rows()));
  }
  for (std::size_t k = 0; k < traces.samples; ++k) {
    const std::size_t step = std::min(k * judgement.stride, traces.steps - 1);
    traces.t.push_back(static_cast<double>(step) * judgement.network().dt);
  }
  const Matrix& weights = judgement.prepared.circuit.weights;
  traces.weights.assign(weights.data(), weights.data() + weights.size());
  if (traces.cues * traces.samples * traces.neurons <= largest_array) fill_reference(judgement, cues, traces);
  if (traces.cues * traces.steps * traces.neurons > largest_array) return;
  const auto golden = raw_states(cues, traces);
  for (const EngineReport& engine : verification.engines) {
    // The golden states are those of an engine that ran every cue and agreed.
    if (engine.bit_exact && engine.cues.size() == traces.cues) traces.u_raw.emplace_back(engine.name, golden);
  }
}

}  // namespace basin
