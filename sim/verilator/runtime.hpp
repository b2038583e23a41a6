#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/verilator/build.hpp"

namespace basin {

/// Verilator's run-time library, compiled once for all models of a flavour and kept in the user's cache.
struct VerilatorRuntime {
  std::filesystem::path include;                   // Verilator's headers
  std::vector<std::filesystem::path> objects;
};

/// The library as `compiler` makes it of the headers and sources of `include` with `flags`, which are those of the model.
/// Throws ToolError, Interrupted, EnvironmentError.
VerilatorRuntime verilator_runtime(const RtlBuild& build, const std::filesystem::path& include, const std::string& compiler,
                                   const std::vector<std::string>& flags);

}  // namespace basin
