#pragma once

#include <filesystem>

#include "models/design/design.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/compare/verification.hpp"

namespace basin::cli {

/// What `verify` found, for a reader: what was checked, each finding beside its limit, and the verdict last.
/// `learning` is learning_of() the design.
void print_verification(Terminal& terminal, const Design& design, const Verification& found,
                        const std::filesystem::path& folder, const Json& learning);

}  // namespace basin::cli
