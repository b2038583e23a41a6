#pragma once

#include <string>
#include <vector>

#include "models/fixed/network.hpp"

namespace basin {

/// An engine that `verify` does not run unless asked to, and why.
struct LeftOut {
  std::string engine;
  std::string reason;                  // one clause
};

/// What `verify` runs when nobody says which engines.
struct DefaultEngines {
  std::vector<std::string> names;      // golden first
  std::vector<LeftOut> left_out;
};

/// golden, verilator and systemc always; icarus and gate where `slow_cues` recalls on the network take some ten minutes of a
/// processor at most, gate only where the core's memories and multipliers are in its device. Depends on the design alone,
/// never on the machine.
DefaultEngines default_engines(const FixedNetwork& network, int slow_cues);

}  // namespace basin
