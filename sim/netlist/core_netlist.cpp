#include "sim/netlist/core_netlist.hpp"

#include "models/design/sha256.hpp"
#include "sim/netlist/stage.hpp"
#include "sim/toolchain/cached_folder.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {

namespace fs = std::filesystem;

CoreNetlist core_netlist(const CoreConfig& core, const Target& target,
                         const std::function<void(const std::string&)>& notice) {
  const Stage stage = collect_inputs(core, target);
  const std::string key = target.name + "-" + hex(sha256(stage.hash + find_tool("yosys").version)).substr(0, 16);
  const fs::path folder = cached_folder(cache_root() / "netlist", key, [&](const fs::path& made) {
    if (notice) {
      notice("synthesising a core of " + std::to_string(core.neurons) + " neurons on " + std::to_string(core.lanes) +
             " lanes for " + target.name + ": about a minute, cached afterwards");
    }
    write_stage(stage, made);
    make_netlist(made);
  });
  return {folder / "core.v", folder, parse_cell_counts(read_file(folder / "cells.json"))};
}

}  // namespace basin
