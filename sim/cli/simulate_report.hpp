#pragma once

#include <filesystem>

#include "models/design/design.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/reference/simulation.hpp"

namespace basin::cli {

/// What `simulate` found, for a reader: memories, pictures, the equilibria reached, and where the results are.
/// `learning` is learning_of() the design.
void print_simulation(Terminal& terminal, const Design& design, const Simulation& found,
                      const std::filesystem::path& folder, bool csv, const Json& learning);

}  // namespace basin::cli
