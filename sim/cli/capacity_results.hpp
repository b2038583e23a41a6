#pragma once

#include <filesystem>

#include "sim/capacity/campaign.hpp"
#include "sim/cli/results.hpp"

namespace basin::cli {

/// Adds capacity[] or, of a search, weight_bits[], and scaling[].
void add_campaign(Json& document, const Campaign& campaign);
/// Writes `folder`/results.h5: what every recall of every trial gave, and what tells the cells apart.
void write_campaign(const std::filesystem::path& folder, const Campaign& campaign);

}  // namespace basin::cli
