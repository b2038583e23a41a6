#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "models/fixed/core_config.hpp"

namespace basin {

/// Where what Icarus runs is built from and kept, and who hears of it.
struct IcarusOptions {
  std::filesystem::path source;                          // the source tree; empty: source_root()
  std::filesystem::path cache;                           // empty: cache_root()/icarus
  std::function<void(const std::string&)> notice;        // told once, in one line, when a build starts; may be empty
};

/// `options` with nothing empty but the notice.
IcarusOptions filled_in(IcarusOptions options);

/// One core as plain Verilog: a single module, basin_core, without packages, parameters or assertions.
struct PlainVerilog {
  CoreConfig core;
  std::uint32_t config_id = 0;                           // hardware.id
  std::filesystem::path file;
};

/// Has slang elaborate the core, on demand, in the cache. Throws ToolError, Interrupted, EnvironmentError.
PlainVerilog elaborate_core(const CoreConfig& core, const IcarusOptions& options = {});

}  // namespace basin
