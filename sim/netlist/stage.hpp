#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "models/fixed/contents.hpp"
#include "models/fixed/core_config.hpp"
#include "sim/netlist/target.hpp"

namespace basin {

/// The inputs of one synthesis, under names that no user chooses.
struct Stage {
  std::map<std::string, std::string> files;   // name, relative to the folder it is written to -> bytes
  std::string hash;                           // SHA-256 over all of them
  std::uint32_t hardware_id = 0;              // CONFIG_ID of the core in it
};

/// basin_cfg.svh, the RTL of rtl/sources.f, the board's SystemVerilog, basin_top.pcf and the Yosys script synth.ys.
/// `contents`: what the core holds from configuration on. Throws EnvironmentError when a file can't be read.
Stage collect_inputs(const CoreConfig& core, const Target& target, const std::optional<CoreContents>& contents = {});
/// Writes them into `folder`.
void write_stage(const Stage& stage, const std::filesystem::path& folder);

/// Whether `name`.stamp in `folder` says that inputs of this hash made the files of that name.
bool is_fresh(const std::filesystem::path& folder, const std::string& name, const std::string& hash);
/// Writes that stamp: after the files themselves.
void mark_fresh(const std::filesystem::path& folder, const std::string& name, const std::string& hash);

}  // namespace basin
