#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/design/design.hpp"

namespace basin {

/// The start of one recall.
struct Cue {
  int target = -1;      // memory it was made from; −1 for none
  Vector start;         // u(0), N
  Vector bias;          // added to b, N; empty when the cue adds nothing
  Vector clamp;         // V held, NaN where it is free, N; empty when nothing is held
};

/// The cues of a design for its `circuit`, in the design's own coordinates: cue c is damaged_pattern() c and belongs to memory
/// c mod M. Rows of a file belong to no memory. Without [cues] the `initial` state alone. Throws InputError for a clamp beyond
/// ±1, the ends of every output's range.
std::vector<Cue> make_cues(const Design& design, const Circuit& circuit);

/// The signs of what cue `cue` shows ('+', '-' or '0' a neuron): its damaged pattern, or its row of the file.
std::string cue_signs(const Design& design, int cue);

/// How many there are.
std::size_t cue_count(const Design& design);

/// Throws InputError, with the range that is allowed, unless `cue` is one of `count`. `option` is what the user gave it to.
void require_cue(const std::string& option, int cue, std::size_t count);

/// The same cues for to_core(circuit): u′ = u − θ.
std::vector<Cue> to_core(std::vector<Cue> cues, const Circuit& circuit);

}  // namespace basin
