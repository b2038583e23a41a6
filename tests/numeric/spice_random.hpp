#pragma once

#include "sim/spice/comparison.hpp"

namespace basin::test {

/// A random design of N = 2 … 32: physical or normalised, any smooth activation, biases, and for opamp amplifiers with a pole and
/// output resistance, unless `amplifier` is the text of the section. The same (seed, number) is the same design.
Design random_spice_design(std::uint64_t seed, std::uint32_t number, AmplifierChoice amplifiers, const std::string& amplifier = "");

/// Exports it, runs ngspice and prints the difference.
double spice_difference(std::uint64_t seed, std::uint32_t number, AmplifierChoice amplifiers, const std::string& amplifier = "");

}  // namespace basin::test
