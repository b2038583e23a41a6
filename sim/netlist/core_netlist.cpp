#include "sim/netlist/core_netlist.hpp"

#include "models/design/sha256.hpp"
#include "sim/netlist/capacity.hpp"
#include "sim/netlist/stage.hpp"
#include "sim/toolchain/cached_folder.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {

namespace fs = std::filesystem;

void require_inferred(const CellCounts& cells, const CoreConfig& core) {
  const auto require = [](const char* kind, int found, int asked) {
    if (found == asked) return;
    throw ToolError("yosys", "made " + std::to_string(found) + " " + kind + " where the core asks for " +
                                 std::to_string(asked));
  };
  require("SB_MAC16", cells.dsps, dsps(core));
  require("SB_SPRAM256KA", cells.single_port_rams, single_port_rams(core));
  require("SB_RAM40_4K", cells.block_rams, core_block_rams(core));
}

CoreNetlist core_netlist(const CoreConfig& core, const Target& target,
                         const std::function<void(const std::string&)>& notice,
                         const std::optional<CoreContents>& contents) {
  const Stage stage = collect_inputs(core, target, contents);
  const std::string key = target.name + "-" + hex(sha256(stage.hash + find_tool("yosys").version)).substr(0, 16);
  const fs::path folder = cached_folder(cache_root() / "netlist", key, [&](const fs::path& made) {
    if (notice) {
      notice("synthesising a core of " + std::to_string(core.neurons) + " neurons on " + std::to_string(core.lanes) +
             " lanes for " + target.name + ": about a minute, cached afterwards");
    }
    write_stage(stage, made);
    make_netlist(made);
  });
  require_inferred(parse_cell_counts(read_file(folder / "core_cells.json")), core);
  return {folder / "core.v", folder, parse_cell_counts(read_file(folder / "cells.json"))};
}

}  // namespace basin
