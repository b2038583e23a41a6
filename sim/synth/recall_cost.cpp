#include "sim/synth/recall_cost.hpp"

#include <algorithm>

#include "sim/toolchain/interrupt.hpp"

namespace basin {
namespace {

void start(Engine& engine, const FixedNetwork& network, const RawCue& cue) {
  engine.set_biases(cue.bias.empty() ? network.biases : cue.bias);
  if (!cue.clamp.empty()) engine.set_clamps(cue.clamp);
  engine.load(cue.state);
}

}  // namespace

RecallCost count_cycles(Engine& engine, const FixedNetwork& network, std::span<const RawCue> cues, int most) {
  RecallCost cost;
  std::vector<std::uint64_t> totals;
  for (const RawCue& cue : cues) {
    if (cost.recalls == most) break;
    throw_if_interrupted();
    start(engine, network, cue);
    std::uint64_t total = 0;
    for (std::int64_t step = 0; !engine.settled() && (step < network.step_limit || step == 0); ++step) {
      const std::uint64_t cycles = engine.step();
      total += cycles;
      if (step == 1) cost.cycles_per_step = cycles;
    }
    totals.push_back(total);
    ++cost.recalls;
  }
  if (totals.empty()) return cost;
  std::sort(totals.begin(), totals.end());
  cost.median_cycles = totals[totals.size() / 2];
  return cost;
}

}  // namespace basin
