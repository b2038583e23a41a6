#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "models/fixed/contents.hpp"
#include "models/fixed/core_config.hpp"
#include "sim/netlist/netlist.hpp"
#include "sim/netlist/target.hpp"

namespace basin {

/// One bitstream's netlist, and the core in it by itself.
struct CoreNetlist {
  std::filesystem::path verilog;   // module basin_core with its own ports, made of the vendor's cells alone
  std::filesystem::path folder;    // also holds netlist.json, basin_top.pcf, basin_cfg.svh, cells.json and yosys.log
  CellCounts cells;                // of the whole bitstream
};

/// Throws ToolError naming the counts unless a core's `cells` are as many multiplier blocks and memories as it asks for:
/// Yosys says nothing when it makes something else of them.
void require_inferred(const CellCounts& cells, const CoreConfig& core);

/// The one synthesis of a core in its board's top: what nextpnr places and what gate simulation runs are of the same run.
/// Kept in cache_root()/netlist; `notice` (may be empty) hears in one line when Yosys has to run. Safe to call from many
/// processes at once. `contents`: what the core holds from configuration on. Throws ToolError, EnvironmentError, Interrupted.
CoreNetlist core_netlist(const CoreConfig& core, const Target& target, const std::function<void(const std::string&)>& notice,
                         const std::optional<CoreContents>& contents = {});

}  // namespace basin
