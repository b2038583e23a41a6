#pragma once

#include <filesystem>

#include "models/design/design.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/spice/sheet.hpp"

namespace basin::cli {

/// What `spice` says to its reader.
void print_spice(Terminal& terminal, const Design& design, const Comparison& comparison, const Sheet& sheet,
                 const std::filesystem::path& folder, const std::string& dialect);

}  // namespace basin::cli
