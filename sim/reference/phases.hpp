#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/design/design.hpp"
#include "models/fixed/network.hpp"
#include "sim/reference/cues.hpp"

namespace basin {

/// A part of a recall in which some neurons keep their state, and with it their output.
struct HoldPhase {
  double duration = 0.0;      // s or τ
  std::vector<bool> held;     // N
};
/// Those of a recall, in order. When they are over, every neuron is free.
using HoldPhases = std::vector<HoldPhase>;

/// How long a phase holds unless the design says it, in the largest τ.
inline constexpr double usual_hold = 12.0;

/// The phases of the design's recalls on its circuit. Throws InputError when they hold hidden units and there are none.
HoldPhases hold_phases(const Design& design, const Circuit& circuit);
/// When the last of them is over.
double release_time(const HoldPhases& phases);

/// Puts cues that are states, of a design whose first phase holds the visible units, where their outputs are ±1: every
/// visible u(0) that is not 0 becomes θ ± the input beyond which the unit is on. In the design's own coordinates. Throws
/// InputError when the units have no such input.
void show_held(const Design& design, const Circuit& circuit, std::vector<Cue>& cues);

/// The cues as a core gets them, in core coordinates: a clamp is V in (−1, 1), and u(0) of the neuron is where its output
/// is V. `circuit`: as designed. Throws InputError when a unit has no such output.
std::vector<Cue> hold_clamped(const Design& design, const Circuit& circuit, std::vector<Cue> cues);

/// Gives the network the phases: masks, lengths, and the bits for them; one phase when only cues clamp. Rounds every
/// duration in `phases` to network steps. Throws InputError for a phase of no step, and when the step limit ends a recall
/// before its release.
void set_phases(const Design& design, bool clamped, HoldPhases& phases, FixedNetwork& network);

/// What the user reads of them: "phases of 384 and 384 steps, then all neurons are free".
std::string phases_text(const FixedNetwork& network);

/// V of neuron i held at state u: g(λ(u − θ)), or its end where it is within 2^-16 of it.
double held_output(const Circuit& circuit, Index i, double u);

}  // namespace basin
