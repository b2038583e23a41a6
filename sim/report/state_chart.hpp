#pragma once

#include <string>

#include "sim/reference/simulation.hpp"

namespace basin::report {

/// simulate.svg: u of the most moving neurons of the first cues, over the sample times. "" without samples. `physical`: times
/// are in s and states in V, else both are plain numbers.
std::string state_chart(const std::string& title, const Simulation& found, bool physical);

}  // namespace basin::report
