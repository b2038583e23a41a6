#pragma once

#include <vector>

#include "models/fixed/network.hpp"
#include "sim/reference/cues.hpp"

namespace basin {

/// Makes every cue but the first start where the golden model ends the one before it, after settling or at the step limit,
/// with `cues.carry`. What the core then loads is that state to the bit, so that every cue stands by itself from here on.
/// `bias`: the designed b in core coordinates.
void carry_states(const FixedNetwork& network, const Vector& bias, std::vector<Cue>& cues);

}  // namespace basin
