#pragma once

#include <string>

#include "sim/spice/comparison.hpp"

namespace basin::test {

/// [amplifier] with all that it may have.
inline const std::string every_non_ideality =
    "gain_bandwidth = \"20 MHz\"\noutput_resistance = \"100 ohm\"\nopen_loop_gain = 30\nslew_rate = \"3 MV/s\"\nsaturation = \"700 mV\"\n"
    "input_offset = \"20 mV\"\n";

/// A random design of N = 2 … 32: physical or normalised, any smooth activation, biases, and for opamp amplifiers with a pole and
/// output resistance, unless `amplifier` is the text of the section. With `delayed` outputs are late, each by its own time or not at
/// all. The same (seed, number) is the same design.
Design random_spice_design(std::uint64_t seed, std::uint32_t number, AmplifierChoice amplifiers, const std::string& amplifier = "",
                           bool delayed = false);

/// Exports it, runs ngspice and prints the difference.
double spice_difference(std::uint64_t seed, std::uint32_t number, AmplifierChoice amplifiers, const std::string& amplifier = "",
                        bool delayed = false);

}  // namespace basin::test
