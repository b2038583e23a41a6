#pragma once

#include <filesystem>
#include <string>

#include "sim/atlas/atlas.hpp"
#include "sim/cli/results.hpp"

namespace basin::cli {

/// "slice-A-B-C.svg".
std::string slice_file(const Design& design, const Slice& slice);
/// Adds atlas{} and engines{}.
void add_atlas(Json& document, const Design& design, const Atlas& atlas);
/// Writes `folder`/results.h5: every attractor's state, the label of every start by circuit and hardware, and the slices.
void write_atlas(const std::filesystem::path& folder, const Design& design, const Atlas& atlas);

}  // namespace basin::cli
