#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/verilator/build.hpp"

namespace basin {

/// How Verilator and the compiler are called, as text: part of a cache entry's name.
std::string compile_recipe(const RtlBuildOptions& options);

/// The files of the source tree that are compiled together with a core of this flavour.
std::vector<std::string> interface_files(RtlFlavour flavour);

/// Elaborates the core inside `folder` (created, otherwise empty) and returns the shared object made there.
std::filesystem::path compile_rtl(const RtlBuild& build, const std::filesystem::path& folder);

}  // namespace basin
