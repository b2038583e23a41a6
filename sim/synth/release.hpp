#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "models/design/design.hpp"

namespace basin {

struct ReleaseOptions {
  std::filesystem::path folder;                     // to be made; may exist when it is empty
  int cues = 4;                                     // at most: recalled by the testbench
  std::function<void(const std::string&)> notice;   // told in one line what takes time; may be empty
};

/// A core and its network as a folder that needs no Basin.
struct Release {
  std::uint32_t hardware_id = 0;
  std::uint32_t network_id = 0;
  int recalls = 0;                                  // of the testbench
  std::string verdict;                              // the testbench's last line: PASS …
};

/// Throws InputError when `folder` is neither absent nor an empty folder.
void require_new_folder(const std::filesystem::path& folder);

/// Writes sources, plain Verilog, load image, testbench, instantiation template, timing diagram and README, runs the
/// testbench in Icarus, and then gives the folder its name: it is whole, and has passed, or it is not there. The core is made
/// for design.hardware.target. Throws InputError, ClaimError, ToolError (the testbench fails too), EnvironmentError,
/// Interrupted.
Release write_release(const Design& design, const ReleaseOptions& options);

}  // namespace basin
