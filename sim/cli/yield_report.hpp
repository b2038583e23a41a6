#pragma once

#include <filesystem>

#include "sim/cli/terminal.hpp"
#include "sim/yield/yield.hpp"

namespace basin::cli {

/// The tables for a reader.
void print_yield(Terminal& terminal, const Design& design, const YieldReport& report, const std::filesystem::path& folder);

}  // namespace basin::cli
