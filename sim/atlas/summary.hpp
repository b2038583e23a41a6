#pragma once

#include "sim/atlas/atlas.hpp"

namespace basin {

/// Names the attractors and says what they are to the memories; energies too.
void name_attractors(const Design& design, Atlas& atlas);
/// Fills hits, distances, amplitudes, volumes, and disagreements without their distances, from the sets' labels.
void summarise(const Design& design, Atlas& atlas);


/// The number of turned signs at which half of the starts of memory `m` come back, by linear interpolation between the distances
/// on both sides of it; empty where the share is nowhere below one half, and 0 where it is everywhere.
std::optional<double> half_distance(const std::vector<RecallPoint>& distances, std::size_t m, bool of_hardware);

}  // namespace basin
