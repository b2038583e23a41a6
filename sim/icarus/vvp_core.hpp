#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/icarus/elaborate.hpp"
#include "sim/port.hpp"

namespace basin {

/// Verilog in which a module basin_core has the ports of rtl/core/basin_core.sv.
struct VerilogCore {
  CoreConfig core;
  std::uint32_t config_id = 0;                  // hardware.id
  std::vector<std::filesystem::path> files;
  std::vector<std::string> defines;             // NAME or NAME=VALUE
};

/// A core compiled for vvp together with the bench that serves it. Any number of ports can be made from one.
struct VvpCore {
  CoreConfig core;
  std::uint32_t config_id = 0;
  std::filesystem::path program;
};

/// Compiles, on demand, in the cache. Throws ToolError, Interrupted, EnvironmentError.
VvpCore compile_vvp(const VerilogCore& verilog, const IcarusOptions& options = {});

/// A core just out of reset in a vvp process of its own. What reset leaves alone is unknown; an output that is unknown when
/// it means something is a std::runtime_error that names it.
std::unique_ptr<CorePort> make_vvp_port(const VvpCore& core);

}  // namespace basin
