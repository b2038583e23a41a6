#pragma once

#include <random>
#include <vector>

#include "models/fixed/network.hpp"

namespace basin::rtl_test {

/// How hard a random network drives the core.
enum class Drive { Gentle, Extreme };   // small weights that let it settle; the ends of every range

/// A legal network of `n` neurons for `core`. Every call with the same generator state gives the same network.
FixedNetwork random_network(const CoreConfig& core, int n, Drive drive, std::mt19937& random);
/// Makes every weight zero.
void uncouple(FixedNetwork& network);
/// States for it: anywhere, often at the ends.
std::vector<std::int32_t> random_states(const FixedNetwork& network, std::mt19937& random);

}  // namespace basin::rtl_test
