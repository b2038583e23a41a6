#pragma once

#include <string>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/design/design.hpp"

namespace basin {

/// The start of one recall.
struct Cue {
  int target = -1;      // memory it was made from; −1 for none
  Vector start;         // u(0), N
  Vector bias;          // added to b; empty when the cue adds nothing
  Vector clamp;         // V held where not NaN (bipolar); empty when nothing is held
};

/// The cues of a design for its `circuit`, in the design's own coordinates: Philox stream cue_flips, exactly round(flip·N)
/// distinct positions turned, cue c from memory c mod M. Without [cues] the `initial` state alone.
std::vector<Cue> make_cues(const Design& design, const Circuit& circuit);

/// The pattern of cue `c` (±1, N): memory c mod M with its flips; 0 entries stay 0.
Vector flipped_pattern(const Design& design, int cue);

}  // namespace basin
