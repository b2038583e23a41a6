#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/verilator/build.hpp"

namespace basin {

/// The objects of Verilator's run-time library, compiled once for all models of a flavour and kept in the user's cache, as
/// `compiler` makes them of the headers and sources of `include` with `flags`, which are those of the model. Throws
/// ToolError, Interrupted, EnvironmentError.
std::vector<std::filesystem::path> verilator_runtime(const RtlBuild& build, const std::filesystem::path& include, const std::string& compiler,
                                   const std::vector<std::string>& flags);

}  // namespace basin
