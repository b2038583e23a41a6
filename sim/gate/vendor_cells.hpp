#pragma once

#include <filesystem>

namespace basin {

/// The vendor's iCE40 cells as Verilog, as they come with Yosys. Throws ToolError when they are not where it keeps them.
std::filesystem::path ice40_cells();

}  // namespace basin
