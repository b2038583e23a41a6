#pragma once

#include <filesystem>

#include "models/learning/storability.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/reference/storage.hpp"

namespace basin::cli {

/// Prints what the design's weights store, at what cost, and where they are.
void print_storage(Terminal& terminal, const Design& design, const StorageReport& report, const std::filesystem::path& folder);
/// Prints the proof that visible units can't store the memories.
void print_impossibility(Terminal& terminal, const Design& design, const Impossibility& proof);

}  // namespace basin::cli
