#pragma once

#include <filesystem>
#include <string>

#include "sim/netlist/target.hpp"

namespace basin {

/// The clock frequency in MHz that the longest path of icetime's report allows. Throws ToolError when it names none.
double parse_icetime(const std::string& report);

/// What icetime, with its conservative estimate of long wires, finds for seed-N.asc in `folder`: its report there is
/// icetime.txt. Throws ToolError, Interrupted.
double icetime_mhz(const std::filesystem::path& folder, const Target& target, int seed);

}  // namespace basin
