#pragma once

#include <string>

#include "sim/capacity/campaign.hpp"

namespace basin::report {

/// What tells the curve of `cell` from the other curves of the campaign: "N = 1000, gain 2"; all of it when there is one.
std::string curve_name(const Campaign& campaign, const Cell& cell);

/// capacity.svg: mean overlap and share recalled against the load, with 95 % bands, beside theory; or, of a search, the
/// fewest weight bits.
std::string capacity_chart(const std::string& title, const Campaign& campaign);

}  // namespace basin::report
