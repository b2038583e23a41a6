#pragma once

#include <string>

namespace basin {

/// Draws a timing diagram as SVG from what basin_tb wrote with +trace, one line a clock: reset and registers, the first words
/// of the load stream, the start of a recall and its first states. Throws std::invalid_argument when the trace holds none.
std::string timing_diagram(const std::string& trace);

}  // namespace basin
