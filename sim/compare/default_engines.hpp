#pragma once

#include <string>
#include <vector>

#include "models/design/design.hpp"
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

/// golden always; verilator and systemc up to K = finest_rtl_step; icarus and gate where `slow_cues` recalls on the network take some ten minutes of a
/// processor at most, gate only where the core's memories and multipliers are in its device. Depends on the design alone,
/// never on the machine.
DefaultEngines default_engines(const FixedNetwork& network, int slow_cues);

/// K of the finest step h = 2^−K that engines of the RTL are run at unasked: beyond it a time constant takes thousands of passes.
inline constexpr int finest_rtl_step = 10;
/// Throws InputError, naming the K that the stability rule needs, when `names` has an engine besides golden, the design leaves the step
/// to the rule and K is beyond that.
void require_rtl_step(const Design& design, const FixedNetwork& network, const std::vector<std::string>& names);

}  // namespace basin
