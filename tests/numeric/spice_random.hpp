#pragma once

#include "sim/spice/comparison.hpp"

namespace basin::test {

/// A random design of N = 2 … 32: physical or normalised, any smooth activation, biases, and for opamp amplifiers with a pole and
/// output resistance. The same (seed, number) is the same design.
Design random_spice_design(std::uint64_t seed, std::uint32_t number, AmplifierChoice amplifiers);

/// Exports it, runs ngspice and prints the difference.
double spice_difference(std::uint64_t seed, std::uint32_t number, AmplifierChoice amplifiers);

}  // namespace basin::test
