#include <algorithm>
#include <cstdlib>

#include "sim/capacity/hardware_trial.hpp"
#include "sim/reference/raw_cue.hpp"

namespace basin {
namespace {

/// Every memory of the draw as a cue of its own.
Draw whole_memories(const Draw& draw) { return {draw.patterns, draw.patterns}; }

/// Whether every recall settled in the signs it started from, further from 0 than rounding can hold up a state that decays.
bool all_stored(const std::vector<RawRecall>& recalls, const Draw& draw, std::int32_t dead_band) {
  for (std::size_t r = 0; r < recalls.size(); ++r) {
    if (!recalls[r].settled || recalls[r].overflow) return false;
    for (Index i = 0; i < draw.patterns.cols(); ++i) {
      const std::int32_t u = recalls[r].state[static_cast<std::size_t>(i)];
      if (std::abs(u) <= dead_band || (u > 0) != (draw.patterns(static_cast<Index>(r), i) > 0)) return false;
    }
  }
  return true;
}

}  // namespace

/// The search is the fixed-point model's. Of engine "verilator" it only says where to look: the RTL has to store everything
/// with those bits, and not with one bit less, for itself.
TrialOutcome fewest_bits_trial(const Design& design, const Cell& cell, const Draw& given, TrialWeights& weights) {
  const Draw draw = whole_memories(given);
  TrialOutcome outcome;
  Cell narrowed = cell;
  const auto stores = [&](int bits, const std::string& engine) {
    narrowed.weight_bits = bits;
    const Prepared prepared = prepare_trial(design, narrowed, draw, weights);
    const FixedNetwork& network = prepared.quantised.network;
    const std::int32_t dead_band = (1 << network.step_exponent) / 2;
    return all_stored(recall_on(engine, network, raw_cues(prepared), outcome), draw, dead_band);
  };
  int found = 0;
  for (int bits = least_weight_bits; bits <= most_weight_bits && found == 0; ++bits) {
    if (stores(bits, "golden")) found = bits;
  }
  if (cell.engine != "verilator") {
    outcome.fewest_bits = found;
    return outcome;
  }
  const int last = found == 0 ? most_weight_bits : found;
  for (int bits = std::max(last - 1, least_weight_bits); bits <= last && outcome.fewest_bits == 0; ++bits) {
    if (stores(bits, "verilator")) outcome.fewest_bits = bits;
  }
  if (outcome.fewest_bits != found && outcome.mismatch.empty()) {
    outcome.mismatch = "the RTL stores with other weight bits than the fixed-point model";
  }
  return outcome;
}

}  // namespace basin
