#pragma once

#include <filesystem>
#include <string>

#include "models/fixed/core_config.hpp"
#include "sim/synth/target.hpp"

namespace basin {

/// Where the inputs of one synthesis lie, under names that no user chooses, and what they are.
struct Stage {
  std::filesystem::path folder;
  std::string hash;                // SHA-256 over every staged file
  std::uint32_t hardware_id = 0;   // CONFIG_ID of the core in it
};

/// Writes basin_cfg.svh, the RTL of rtl/sources.f, the board's SystemVerilog, basin_top.pcf and the Yosys script synth.ys
/// into `folder`, which is made. Files that hold the right bytes already stay untouched.
Stage stage_inputs(const std::filesystem::path& folder, const CoreConfig& core, const Target& target);

/// Whether `name`.stamp in `folder` says that inputs of this hash made the files of that name.
bool is_fresh(const std::filesystem::path& folder, const std::string& name, const std::string& hash);
/// Writes that stamp: after the files themselves.
void mark_fresh(const std::filesystem::path& folder, const std::string& name, const std::string& hash);

}  // namespace basin
