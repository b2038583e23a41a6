#pragma once

#include <filesystem>

#include "models/learning/storability.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/reference/storage.hpp"

namespace basin::cli {

/// Prints what the design's weights store, at what cost, and where they are. `learning` is learning_of() the design.
void print_storage(Terminal& terminal, const Design& design, const StorageReport& report, const std::filesystem::path& folder,
                   const Json& learning);
/// Prints the proof that visible units can't store the memories at outputs of ±1.
void print_impossibility(Terminal& terminal, const Design& design, const Impossibility& proof);

}  // namespace basin::cli
