#pragma once

#include <filesystem>
#include <string>

namespace basin {

/// Cells of a mapped netlist, as Yosys counts them.
struct CellCounts {
  int luts = 0;
  int carries = 0;
  int flip_flops = 0;
  int block_rams = 0;
  int dsps = 0;
  int single_port_rams = 0;

  bool operator==(const CellCounts&) const = default;
};

/// Counts of the iCE40 cells in the text of Yosys's `stat -json`. Throws ToolError when it holds no design.
CellCounts parse_cell_counts(const std::string& stat_json);

/// The first line of a Yosys log that tells of a net with two drivers, or "" when there is none. Yosys only warns, and
/// cuts logic away: such a netlist is never used.
std::string driver_conflict(const std::string& yosys_log);

/// Synthesises the staged core in `folder` (stage.hpp) into netlist.json, core.v and cells.json. The log goes to
/// `folder`/yosys.log. Throws ToolError, also when a net has two drivers.
void make_netlist(const std::filesystem::path& folder);

}  // namespace basin
