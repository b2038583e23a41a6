#pragma once

#include <filesystem>

#include "models/design/design.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/synth/synthesis.hpp"

namespace basin::cli {

/// Key `synthesis` of results.json.
Json synthesis_of(const Synthesis& found);
/// What a reader gets of one bitstream.
void print_synthesis(Terminal& terminal, const Design& design, const Synthesis& found, const std::filesystem::path& folder);

}  // namespace basin::cli
