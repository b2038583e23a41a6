#include "sim/synth/recall_cost.hpp"

#include <algorithm>

#include "models/fixed/quantise.hpp"
#include "sim/reference/raw_cue.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {
namespace {

void start(Engine& engine, const FixedNetwork& network, const Cue& cue) {
  std::vector<std::int32_t> biases = network.biases;
  if (cue.bias.size() > 0) {
    const std::vector<std::int32_t> added = raw_bias(network, cue.bias);
    std::transform(biases.begin(), biases.end(), added.begin(), biases.begin(), std::plus<>());
  }
  engine.set_biases(biases);
  const RawCue raw = raw_cue(network, cue);
  if (!raw.clamp.empty()) engine.set_clamps(raw.clamp);
  engine.load(raw.state);
}

}  // namespace

RecallCost count_cycles(Engine& engine, const FixedNetwork& network, const std::vector<Cue>& cues, int most) {
  RecallCost cost;
  std::vector<std::uint64_t> totals;
  for (const Cue& cue : cues) {
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
