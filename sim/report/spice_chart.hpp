#pragma once

#include <string>

#include "sim/spice/comparison.hpp"

namespace basin::report {

/// spice.svg: u and V of the worst cue's most moving neurons, ngspice's points on the reference's lines, and their difference
/// as a fraction of full scale.
std::string spice_chart(const std::string& title, const Comparison& comparison);

}  // namespace basin::report
