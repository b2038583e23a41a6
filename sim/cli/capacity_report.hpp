#pragma once

#include <filesystem>

#include "models/design/design.hpp"
#include "sim/capacity/campaign.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// The campaign for a reader: a table a rule, gain, flip and engine, then what the sizes extrapolate to.
void print_campaign(Terminal& terminal, const Design& design, const Campaign& campaign, const std::filesystem::path& folder);

}  // namespace basin::cli
