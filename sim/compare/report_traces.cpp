#include <algorithm>
#include <memory>

#include "sim/compare/report.hpp"

namespace basin {
namespace {

constexpr std::size_t largest_array = std::size_t{1} << 26;

/// Sample k of a cue: its last one from where it ended.
Index held(const Matrix& samples, std::size_t k) { return std::min(static_cast<Index>(k), samples.rows() - 1); }

void fill_reference(const Judgement& judgement, const std::vector<CueComparison>& cues, Traces& traces) {
  const std::size_t neurons = traces.neurons;
  traces.u.reserve(traces.cues * traces.samples * neurons);
  traces.v.reserve(traces.cues * traces.samples * neurons);
  for (std::size_t c = 0; c < cues.size(); ++c) {
    const Circuit circuit = make_setup(judgement.prepared, static_cast<int>(c)).realised;
    Vector v;
    double e = 0.0;
    Index last = -1;
    for (std::size_t k = 0; k < traces.samples; ++k) {
      const Index row = held(cues[c].samples, k);
      const Vector u = cues[c].samples.row(row);
      if (row != last) {
        v = outputs(circuit, u);
        e = energy(circuit, u);
        last = row;
      }
      traces.u.insert(traces.u.end(), u.begin(), u.end());
      traces.v.insert(traces.v.end(), v.begin(), v.end());
      traces.energy.push_back(e);
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
