#pragma once

#include <string>

#include "sim/yield/yield.hpp"

namespace basin::report {

/// Recall yield of every case with its 95 % interval as an SVG file of its own, readable on a light and on a dark ground: what is
/// not ideal first, then the activations, all faults together and none.
std::string yield_chart(const std::string& title, const YieldReport& report);

}  // namespace basin::report
