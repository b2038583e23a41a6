#pragma once

#include "models/circuit/circuit.hpp"
#include "models/fixed/network.hpp"
#include "sim/compare/verification.hpp"
#include "sim/reference/phases.hpp"

namespace basin {

/// The cue whose deviation is to be explained, all in core coordinates.
struct BlameCase {
  const FixedNetwork& network;
  Circuit realised;                    // with the cue's bias
  Circuit designed;                    // with the cue's bias
  std::vector<std::int32_t> bias;      // integers the cue loads
  std::vector<std::uint8_t> masks;     // of held neurons, that the cue loads; empty without phases
  HoldPhases phases;                   // in network steps
  Vector realised_clamp;               // V held in all phases, NaN where free; empty when none is
  Vector designed_clamp;
  Vector start;                        // u(0)
  int neuron = 0;
  std::int64_t steps = 0;              // to the settle step
  double bound = 0.0;                  // B
  double rtol = 1e-8;
  double atol = 1e-10;
};

/// Makes each cause exact in turn in the golden model and reports by how much the neuron's largest deviation over the
/// steps shrinks, as a fraction of B: step, table and state against the realised circuit, weights against the designed one.
Blame find_blame(const BlameCase& blamed);

}  // namespace basin
