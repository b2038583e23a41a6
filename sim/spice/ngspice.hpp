#pragma once

#include <string>

#include "models/physical/deck.hpp"
#include "sim/spice/raw_file.hpp"

namespace basin {

/// Names of the files that a bench is staged under, and exported under.
inline constexpr const char* deck_file = "circuit.cir";
inline constexpr const char* result_file = "result.raw";

/// Runs ngspice in batch on the deck and bench, both written by Basin, in a scratch folder of their own. Its exit code says
/// little, so the end marker, the last time and every number are looked at. Throws ToolError, Interrupted.
Waveforms run_ngspice(const std::string& deck, const Bench& bench);

}  // namespace basin
