#include <cstdlib>

#include "sim/capacity/hardware_trial.hpp"
#include "sim/reference/raw_cue.hpp"

namespace basin {
namespace {

constexpr int least_bits = 2;
constexpr int most_bits = 16;

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

/// The search is the fixed-point model's; the RTL then repeats the narrowest weights that store everything, and those of one
/// bit less, which don't.
TrialOutcome fewest_bits_trial(const Design& design, const Cell& cell, const Draw& given) {
  const Draw draw = whole_memories(given);
  TrialOutcome outcome;
  Cell narrowed = cell;
  const auto stores = [&](int bits, const std::string& engine) {
    narrowed.weight_bits = bits;
    const Prepared prepared = prepare(trial_design(design, narrowed, draw));
    const FixedNetwork& network = prepared.quantised.network;
    const std::int32_t dead_band = (1 << network.step_exponent) / 2;
    return all_stored(recall_on(engine, network, raw_cues(prepared), outcome), draw, dead_band);
  };
  for (int bits = least_bits; bits <= most_bits && outcome.fewest_bits == 0; ++bits) {
    if (stores(bits, "golden")) outcome.fewest_bits = bits;
  }
  if (cell.engine != "verilator") return outcome;
  const int found = outcome.fewest_bits == 0 ? most_bits : outcome.fewest_bits;
  const bool agrees = stores(found, "verilator") == (outcome.fewest_bits != 0) &&
                      (found == least_bits || !stores(found - 1, "verilator"));
  if (!agrees && outcome.mismatch.empty()) outcome.mismatch = "the RTL stores with other weight bits than the fixed-point model";
  return outcome;
}

}  // namespace basin
