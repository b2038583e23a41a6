#pragma once

#include <filesystem>

#include "models/design/design.hpp"
#include "sim/certify/memories.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// What `certify` says to a reader: a memory a row, what the columns mean, what was not granted and why, and the files.
void print_certified(Terminal& terminal, const Design& design, const CertifiedMemories& certified,
                     const std::filesystem::path& folder,
                     bool has_chart);

}  // namespace basin::cli
