#pragma once

#include <cstdint>

#include "models/fixed/core_config.hpp"
#include "tests/cosim/lockstep.hpp"

namespace basin::cosim {

/// Compares random networks of every size in turn, RTL against golden, until at least `updates` neuron updates agree;
/// prints seed and figures. Fails the running test at the first difference, naming the network's seed.
void compare_random_networks(const char* name, const MakeRtl& make, const CoreConfig& core, std::uint64_t updates,
                             std::uint64_t seed);
/// The same on the Verilator engine.
void compare_random_networks(const char* name, const CoreConfig& core, std::uint64_t updates, std::uint64_t seed);

}  // namespace basin::cosim
