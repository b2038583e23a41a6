#pragma once

#include "models/fixed/batch.hpp"
#include "sim/reference/cues.hpp"

namespace basin {

/// What the core loads for a cue of prepare(), but for its biases: u(0) rounded, and where a neuron is clamped the smallest
/// state whose output code is nearest to V; and with clamps the masks of all neurons, of the network's phases and the cue's.
RawCue raw_cue(const FixedNetwork& network, const Cue& cue);

/// V of the codes at which `raw` holds the clamped neurons of `cue`, NaN elsewhere; empty when none is clamped.
Vector realised_clamp(const FixedNetwork& network, const Cue& cue, const RawCue& raw);

}  // namespace basin
