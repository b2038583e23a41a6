#pragma once

#include "sim/reference/found_run.hpp"
#include "sim/reference/physical_design.hpp"

namespace basin {

/// One cue of the design on its components with real amplifiers, in the design's own units: u is volts over the scale of the
/// components, V the output at the network over the swing, times those of the design. `times` are sample times, ascending.
/// Energies are those of the ideal circuit at the same u; they need not fall. Throws ClaimError.
FoundRun amplifier_recall(const Design& design, const PhysicalDesign& physical, int index, const std::vector<double>& times);

/// Whether the components store a memory of the design: a stable operating point has its signs. Empty where delays leave it open.
std::optional<bool> amplifiers_store(const Design& design, const PhysicalDesign& physical, Index memory);

}  // namespace basin
