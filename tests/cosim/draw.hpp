#pragma once

#include <cstdint>
#include <vector>

#include "models/design/random.hpp"
#include "models/fixed/network.hpp"

namespace basin::cosim {

/// How a random network drives the core.
enum class Drive {
  extreme,    // every integer over its whole range, the ends often: saturation, overflow, wrap-around if there were any
  lively,     // weights small enough that states move inside their range for long
  settling    // a contraction: comes to rest, so that the ends of runs are compared too
};

/// A legal network of n ≤ core.neurons neurons: order, K (0 … 8), threshold, step limit (1 … 60) and the
/// phases' lengths (0 … 11) are drawn too.
FixedNetwork draw_network(const CoreConfig& core, int n, Drive drive, Random& random);
/// States for it, the ends of the range among them.
std::vector<std::int32_t> draw_state(const FixedNetwork& network, Drive drive, Random& random);
/// Masks for it: one neuron in four is held in each phase.
std::vector<std::uint8_t> draw_clamps(const FixedNetwork& network, Random& random);
/// Biases for it.
std::vector<std::int32_t> draw_biases(const FixedNetwork& network, Drive drive, Random& random);

}  // namespace basin::cosim
