#pragma once

#include <span>
#include <vector>

#include "models/fixed/batch.hpp"

namespace basin {

/// BatchModel::recall on `jobs` threads: the same recalls for every number of them. Throws what it throws, and Interrupted.
std::vector<RawRecall> recall_batch(const BatchModel& model, std::span<const RawCue> cues, int jobs);

}  // namespace basin
