#pragma once

#include <string>

#include "models/design/design.hpp"
#include "sim/cli/results.hpp"
#include "sim/spice/sheet.hpp"

namespace basin::cli {

/// results.json of `spice`: spice, amplifier, physical, memories, operating_points, parts, cues.
void add_spice(Json& document, const Design& design, const Comparison& comparison, const Sheet& sheet);
/// bill_of_materials.csv: part,value,unit,count.
std::string parts_csv(const Sheet& sheet);
/// spice.csv: the worst cue's waveforms in seconds and volts, t,u0…,V0… of the reference, then u0_ngspice…,V0_ngspice….
std::string waveforms_csv(const Comparison& comparison);
/// "ohm", "F", "V/V".
std::string unit_of(const Part& part);

}  // namespace basin::cli
