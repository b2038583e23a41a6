#pragma once

#include <string>

#include "sim/atlas/atlas.hpp"

namespace basin::report {

/// A slice as an SVG file of its own: the basins of the circuit, those of the hardware, and the cells from which the two end
/// differently; names in the larger regions, a ring where each memory is, and a key. At most eight attractors have a colour, those
/// of the most cells; the colours are told apart by the colour-blind. `unit` is that of u.
std::string slice_picture(const Design& design, const Atlas& atlas, const Slice& slice, const std::string& unit);

}  // namespace basin::report
