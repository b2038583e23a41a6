#pragma once

#include <span>

#include "models/fixed/batch.hpp"
#include "sim/capacity/trial.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

/// Recalls `cues` by the RTL and the fixed-point model side by side, and compares every word of every step; what they cost
/// and the first difference go into `outcome`. Ends are the fixed-point model's.
std::vector<RawRecall> recall_on_rtl(const FixedNetwork& network, std::span<const RawCue> cues,
                                     TrialOutcome& outcome);

/// Recalls them by the fixed-point model, or by recall_on_rtl() when the engine is "verilator".
std::vector<RawRecall> recall_on(const std::string& engine, const FixedNetwork& network, std::span<const RawCue> cues,
                                 TrialOutcome& outcome);

}  // namespace basin
