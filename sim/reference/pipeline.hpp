#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/design/design.hpp"
#include "models/fixed/quantise.hpp"
#include "models/learning/rule.hpp"
#include "sim/reference/cues.hpp"
#include "sim/reference/phases.hpp"

namespace basin {

/// What the design means as a continuous circuit.
struct Designed {
  Learned learned;            // of the rule; with explicit weights the normalised W, b and their margins
  Circuit circuit;            // as designed
  Circuit core;               // the same in core coordinates
  std::vector<Cue> cues;      // one a recall, core coordinates but for V in `clamp`; `initial` alone without [cues]
  HoldPhases phases;          // of every recall
};

/// Outputs of memory m over all neurons in core coordinates: its pattern, and what the hidden units make of it.
Vector memory_outputs(const Design& design, const Learned& learned, Index m);

/// How simulate() keeps a learned W: above 4,096 neurons as factors, where its rule, few enough patterns
/// and smooth units allow it.
Keep kept_for_simulation(const Design& design);

/// How prepare() keeps it: as the design's `form` asks. Throws InputError when that can't be.
Keep kept_for_hardware(const Design& design);

/// Runs the design's rule, or takes its weights, and makes its circuit and cues. Throws InputError also when a cue clamps every
/// neuron.
Designed prepare_circuit(const Design& design, Keep keep);

/// The whole chain from a design to integers and back: everything that verify and synth start from.
struct Prepared {
  Learned learned;
  Circuit circuit;            // as designed
  Circuit core;               // the same in core coordinates
  std::vector<Cue> cues;      // core coordinates, V in `clamp` too, and u(0) there where the output is V; with `cues.carry`
                              // u(0) is where the golden model ended the cue before
  Quantised quantised;        // integers and the reasons for their formats
  Circuit realised;           // what the integers stand for, core coordinates
  HoldPhases phases;          // of every recall, in whole network steps
};

/// Design → weights → circuit → core coordinates → cues → quantise → realised circuit. Throws InputError and ClaimError.
Prepared prepare(const Design& design);
/// The same with what learn(design, kept_for_hardware(design)) made before.
Prepared prepare(const Design& design, const Learned& learned);

}  // namespace basin
