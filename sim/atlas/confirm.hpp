#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/atlas/plan.hpp"
#include "sim/atlas/recalls.hpp"
#include "sim/compare/engine_set.hpp"

namespace basin {

/// How many starts the engines beside the golden model run: evenly spread over all sets that are recalled.
inline constexpr std::size_t confirmed_starts = 64;

/// A sample of the plan's starts on golden and on every other engine of `names`, every word of every step compared; slow
/// engines run design.verify.icarus_cues of them. A report an engine, golden first; cues count the sample.
std::vector<EngineReport> confirm_recalls(const Design& design, const Recalls& recalls, const AtlasPlan& plan,
                                          const std::vector<std::string>& names, int jobs, const ProgressCallback& progress);

}  // namespace basin
