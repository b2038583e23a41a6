#pragma once

#include "sim/cli/results.hpp"
#include "sim/yield/yield.hpp"

namespace basin::cli {

/// `tolerance`, `amplifier` and `yield` of results.json.
void add_yield(Json& document, const Design& design, const YieldReport& report);

}  // namespace basin::cli
