#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/fixed/contents.hpp"
#include "models/fixed/core_config.hpp"
#include "sim/toolchain/rtl_sources.hpp"

namespace basin {

/// What a core becomes, and the interface compiled with it.
enum class RtlFlavour {
  functions,   // a C++ class behind the C functions of sim/verilator/shim.h
  systemc,     // an sc_module behind sim/systemc/shim.h
};

/// Verilog in which a module basin_core has the ports of rtl/core/basin_core.sv: a netlist and its vendor's cells.
struct VerilogFiles {
  std::vector<std::filesystem::path> files;
  std::vector<std::string> defines;
};

/// Where a Verilated core is built from and kept, and who hears of it.
struct RtlBuildOptions {
  std::filesystem::path source;                          // the source tree; empty: source_root()
  std::filesystem::path cache;                           // empty: cache_root()/rtl
  std::function<void(const std::string&)> notice;        // told once, in one line, when a build starts; may be empty
  bool optimise = true;                                  // false: a shorter build of a slower model
  bool assertions = true;                                // false: the RTL's own assertions stay silent
  RtlFlavour flavour = RtlFlavour::functions;
  bool internals = false;                                // true: a systemc core that can record its own signals; slower
  VerilogFiles netlist;                                  // stands in for the RTL; empty: the RTL itself
  std::optional<CoreContents> contents;                  // what the RTL holds from the start; empty: nothing
};

/// What a core's identity and shared object are made from, read once.
struct RtlBuild {
  CoreConfig core;
  RtlSources sources;
  std::uint32_t config_id = 0;                           // hardware.id
  std::string key;                                       // names the cache entry: hardware.id, tools and how it is built
  RtlBuildOptions options;
};

/// Reads the RTL and asks the tools for their versions. Throws ToolError when one is missing.
RtlBuild prepare_rtl_build(const CoreConfig& core, const RtlBuildOptions& options);

/// The shared object of the build: from the cache, or elaborated, compiled and put there. Safe when called by many threads
/// and processes at once; a build that fails or is interrupted leaves nothing behind. Throws ToolError, Interrupted,
/// EnvironmentError.
std::filesystem::path build_rtl(const RtlBuild& build);

/// Removes a cache entry that turned out to be damaged.
void discard_rtl(const RtlBuild& build);

}  // namespace basin
