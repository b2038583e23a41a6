#pragma once

#include "models/design/random.hpp"
#include "models/fixed/network.hpp"

namespace basin::test {

/// Uniform in [low, high].
std::int64_t between(Random& random, std::int64_t low, std::int64_t high);
/// A core configuration that docs/arithmetic.md §1 allows, every parameter and feature drawn over its range (N ≤ 12).
CoreConfig random_core(Random& random);
/// A network of that core, every integer drawn over its width.
FixedNetwork random_network(Random& random);
/// A state of the network, a quarter of its words at the ends of the range.
std::vector<std::int64_t> random_state(Random& random, const FixedNetwork& network);

}  // namespace basin::test
