#pragma once

#include <cstdint>
#include <span>

#include "models/fixed/batch.hpp"
#include "sim/engine.hpp"

namespace basin {

/// How long recalls take, counted by a cycle-true engine.
struct RecallCost {
  std::uint64_t cycles_per_step = 0;   // of a step in the middle of a run
  std::uint64_t median_cycles = 0;     // of a recall, from start to settled or the step limit
  int recalls = 0;
};

/// Runs the first `most` cues to their end in `engine`.
RecallCost count_cycles(Engine& engine, const FixedNetwork& network, std::span<const RawCue> cues, int most = 64);

}  // namespace basin
