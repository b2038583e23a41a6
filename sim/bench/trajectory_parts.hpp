#pragma once

#include <nlohmann/json.hpp>

#include "sim/bench/recall_case.hpp"

namespace basin {

/// Where the time of an evaluation goes: nanoseconds of CPU time of each part, alone and in the first cache. "dense",
/// "symmetric", "factored": W V + b in that form; "dgemv", "dsymv": OpenBLAS's; "activation": V of all units; "decay": the
/// rest of the right-hand side; "sums": dopri5's sums and its error norm, a sixth of a step.
nlohmann::json trajectory_parts(const RecallCase& recall);

}  // namespace basin
