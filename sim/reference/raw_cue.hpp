#pragma once

#include <vector>

#include "models/fixed/batch.hpp"
#include "sim/reference/cues.hpp"

namespace basin {

struct Prepared;   // pipeline.hpp

/// What the core loads for a cue of prepare(): u(0) rounded, and where a neuron is clamped the smallest state whose output
/// code is nearest to V; with clamps the masks of all neurons, of the network's phases and the cue's; with a bias the rounded
/// sum of it and `bias`, the designed b in core coordinates.
RawCue raw_cue(const FixedNetwork& network, const Vector& bias, const Cue& cue);
/// The same of every cue of `prepared`.
std::vector<RawCue> raw_cues(const Prepared& prepared);

/// V of the codes at which `raw` holds the clamped neurons of `cue`, NaN elsewhere; empty when none is clamped.
Vector realised_clamp(const FixedNetwork& network, const Cue& cue, const RawCue& raw);
/// u(0) of the circuits beside the core: that of the cue, where it clamps that of the state which holds the code.
Vector realised_start(const FixedNetwork& network, const Cue& cue, const RawCue& raw);
/// b of the realised circuit with what the cue adds; `bias` is what it has without.
Vector realised_bias(const FixedNetwork& network, const Vector& bias, const RawCue& raw);

}  // namespace basin
