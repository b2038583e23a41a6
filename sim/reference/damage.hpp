#pragma once

#include "models/design/design.hpp"

namespace basin {

/// What `[cues]` does to memory cue mod M (±1, N) for cue `cue`: the picture moved by `shift` with −1 coming in at its edges,
/// exactly round(flip·N) distinct entries turned (Philox stream cue_flips), then a rectangle of the picture's proportions, an
/// `occlude` share of it, set to 0 at a place drawn for the cue (stream cue_occlusion).
Vector damaged_pattern(const Design& design, int cue);

}  // namespace basin
