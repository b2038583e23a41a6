#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/fixed/batch.hpp"
#include "sim/capacity/trial.hpp"
#include "sim/engine.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

/// The chain from the cell with these memories to integers.
Prepared prepare_trial(const Design& design, const Cell& cell, const Draw& draw, TrialWeights& weights);

/// Recalls `cues` by two engines side by side, the fixed-point model and another, up to `step_limit` steps, and compares every
/// word of every step; what they cost and the first difference go into `outcome`. Ends are the other engine's own: where it
/// differed, at the step of the first difference.
std::vector<RawRecall> recall_beside(std::span<const std::unique_ptr<Engine>> engines, std::span<const RawCue> cues,
                                     std::int64_t step_limit, TrialOutcome& outcome);

/// Recalls them by the fixed-point model, or by the RTL beside it, with recall_beside(), when the engine is "verilator".
std::vector<RawRecall> recall_on(const std::string& engine, const FixedNetwork& network, std::span<const RawCue> cues,
                                 TrialOutcome& outcome);

}  // namespace basin
