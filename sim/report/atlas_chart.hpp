#pragma once

#include <string>

#include "sim/atlas/atlas.hpp"

namespace basin::report {

/// Recall against distance and against amplitude, and basin volumes by rank, circuit and hardware with 95 % bands, as an SVG file of
/// its own. `unit` is that of u.
std::string atlas_chart(const Design& design, const Atlas& atlas, const std::string& unit);

}  // namespace basin::report
