#pragma once

#include "models/physical/amplifier_system.hpp"
#include "sim/cli/results.hpp"

namespace basin::cli {

/// `amplifier` of results.json: the design's [amplifier], null where it says nothing; the poles of `model`, where there are any;
/// and whether it is applied.
Json amplifier_of(const AmplifierSpec& spec, const AmplifierModel& model, bool applied);

/// `tolerance` of results.json: the design's [tolerance].
Json tolerance_of(const ToleranceSpec& spec);

/// In words: what amplifiers do besides g.
std::string amplifier_text(const AmplifierModel& model);

}  // namespace basin::cli
