// A handful of random designs, exported and run in ngspice. spice_long_test.cpp runs fifty of each kind.
#include <gtest/gtest.h>

#include "tests/numeric/spice_random.hpp"

namespace basin::test {

TEST(RandomSpiceDesign, WithIdealAmplifiersAgreesWithTheReference) {
  for (std::uint32_t number = 0; number < 4; ++number) {
    EXPECT_LE(spice_difference(2024, number, AmplifierChoice::ideal), max_spice_difference) << number;
  }
}

TEST(RandomSpiceDesign, WithRealAmplifiersAgreesWithTheReference) {
  for (std::uint32_t number = 0; number < 4; ++number) {
    EXPECT_LE(spice_difference(2024, number, AmplifierChoice::opamp), max_spice_difference) << number;
  }
}

// Each thing that real amplifiers do, alone and with all the others.
TEST(RandomSpiceDesign, WithEachNonIdealityAgreesWithTheReference) {
  const std::string pole = "gain_bandwidth = \"20 MHz\"\n", slew = "slew_rate = \"3 MV/s\"\n", open = "open_loop_gain = 30\n",
                    saturation = "saturation = \"700 mV\"\n", offset = "input_offset = \"20 mV\"\n";
  const std::string all = pole + slew + open + saturation + offset + "output_resistance = \"100 ohm\"\n";
  std::uint32_t number = 20;
  for (const std::string& section : {open, saturation, offset, pole + slew, all}) {
    EXPECT_LE(spice_difference(2024, number, AmplifierChoice::opamp, section), max_spice_difference) << number << "\n" << section;
    ++number;
  }
}

}  // namespace basin::test
