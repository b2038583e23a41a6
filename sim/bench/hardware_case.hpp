#pragma once

#include <vector>

#include "models/fixed/batch.hpp"

namespace basin::bench {

/// A network and recalls of it that every engine of a row runs.
struct HardwareCase {
  FixedNetwork network;
  std::vector<RawCue> cues;
};

/// `neurons` tanh units on `lanes` lanes with N/10 random memories by the pseudo-inverse rule, quantised as Basin does, and
/// `cues` copies of them with a fifth of the signs turned. The same for the same arguments.
HardwareCase hardware_case(int neurons, int lanes, int cues);

}  // namespace basin::bench
