#pragma once

#include "sim/cli/verb.hpp"
#include "sim/reference/estimate.hpp"

namespace basin::cli {

/// Before a run, with nothing written yet: throws EnvironmentError when it is expected to need more memory than is left
/// here; says on standard error what it is expected to take when that is much (256 MiB, a minute), unless --quiet.
void announce(const Context& context, const Estimate& estimate);

/// 1.5e9 as "1.4 GiB".
std::string memory_text(double bytes);
/// 200 as "3 min".
std::string duration_text(double seconds);

}  // namespace basin::cli
