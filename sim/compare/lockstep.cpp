#include "sim/compare/lockstep.hpp"

#include <algorithm>

namespace basin {
namespace {

/// The first word that differs, or else the flag.
std::optional<Mismatch> compare(const Engine& golden, const Engine& engine, int cue, std::int64_t step) {
  const auto expected = golden.state();
  const auto got = engine.state();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::int32_t word = i < got.size() ? got[i] : 0;
    if (word != expected[i] || i >= got.size()) return Mismatch{cue, step, static_cast<int>(i), "state", expected[i], word};
  }
  if (golden.settled() != engine.settled()) {
    return Mismatch{cue, step, -1, "settled", golden.settled() ? 1 : 0, engine.settled() ? 1 : 0};
  }
  if (golden.overflow() != engine.overflow()) {
    return Mismatch{cue, step, -1, "overflow", golden.overflow() ? 1 : 0, engine.overflow() ? 1 : 0};
  }
  return std::nullopt;
}

void keep(RawTrace& trace, std::span<const std::int32_t> state) {
  trace.words.insert(trace.words.end(), state.begin(), state.end());
}

void load(Engine& engine, const RawCue& cue) {
  if (!cue.bias.empty()) engine.set_biases(cue.bias);
  if (!cue.clamp.empty()) engine.set_clamps(cue.clamp);
  engine.load(cue.state);
}

}  // namespace

LockstepCue run_lockstep(std::span<const std::unique_ptr<Engine>> engines, const RawCue& cue, int index,
                         std::int64_t step_limit, const std::vector<bool>& stay_out) {
  LockstepCue result;
  result.trace.neurons = cue.state.size();
  result.engines.resize(engines.size());
  Engine& golden = *engines.front();
  for (std::size_t e = 0; e < engines.size(); ++e) {
    result.engines[e].compared = e >= stay_out.size() || !stay_out[e];
    if (!result.engines[e].compared) continue;
    load(*engines[e], cue);
    if (e > 0) result.engines[e].mismatch = compare(golden, *engines[e], index, 0);
  }
  keep(result.trace, golden.state());
  for (std::int64_t step = 1; step <= step_limit && !result.settled; ++step) {
    for (std::size_t e = 0; e < engines.size(); ++e) {
      EngineCue& report = result.engines[e];
      if (!report.compared || report.mismatch) continue;
      report.cycles += engines[e]->step();
      ++report.steps;
      report.overflow = engines[e]->overflow();
      if (e > 0) report.mismatch = compare(golden, *engines[e], index, step);
    }
    keep(result.trace, golden.state());
    result.settled = golden.settled();
  }
  return result;
}

}  // namespace basin
