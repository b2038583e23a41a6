#pragma once

#include <filesystem>

#include "sim/atlas/atlas.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// The atlas for a reader: recalls by distance and amplitude, memories, volumes, attractors, slices, disagreements.
void print_atlas(Terminal& terminal, const Design& design, const Atlas& atlas, const std::filesystem::path& folder);

}  // namespace basin::cli
