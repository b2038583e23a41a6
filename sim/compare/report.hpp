#pragma once

#include <memory>
#include <vector>

#include "sim/compare/cue_comparison.hpp"
#include "sim/compare/verification.hpp"

namespace basin {

/// Fills the identities and one EngineReport an engine; `engines` are those of one worker, golden first, freshly made.
void describe_engines(const std::vector<std::unique_ptr<Engine>>& engines, Verification& verification);

/// Fills recalls, memories, deviation (all but blame), the engines' counts, bound and design identities.
void describe_cues(const Design& design, const Judgement& judgement, const std::vector<CueComparison>& cues,
                   Verification& verification);

/// Fills traces; leaves arrays empty that would exceed 2^26 entries.
void describe_traces(const Design& design, const Judgement& judgement, const std::vector<CueComparison>& cues,
                     Verification& verification);

}  // namespace basin
