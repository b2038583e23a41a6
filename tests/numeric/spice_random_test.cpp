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

// Each thing that real amplifiers do, alone and with all the others; spice_long_test.cpp has more of all together.
TEST(RandomSpiceDesign, WithEachNonIdealityAgreesWithTheReference) {
  const struct { std::uint32_t number; std::string section; } cases[] = {
      {20, "open_loop_gain = 30\n"},
      {21, "saturation = \"700 mV\"\n"},
      {22, "input_offset = \"20 mV\"\n"},
      {24, "gain_bandwidth = \"20 MHz\"\nslew_rate = \"3 MV/s\"\n"},
      {24, every_non_ideality},
  };
  for (const auto& each : cases) {
    EXPECT_LE(spice_difference(2024, each.number, AmplifierChoice::opamp, each.section), max_spice_difference) << each.section;
  }
}

struct Late {
  const char* name;
  std::uint32_t number;
  std::string amplifier;
};

class LateSpiceDesign : public testing::TestWithParam<Late> {};

// Lines between amplifiers and their output resistances, which start empty where there is a pole and with g of the start elsewhere.
TEST_P(LateSpiceDesign, WhoseAmplifiersAnswerLateAgreesWithTheReference) {
  const Late& late = GetParam();
  EXPECT_LE(spice_difference(2024, late.number, AmplifierChoice::opamp, late.amplifier, true), max_spice_difference);
}

INSTANTIATE_TEST_SUITE_P(Amplifiers, LateSpiceDesign,
                         testing::Values(Late{"WithResistance", 30, "output_resistance = \"300 ohm\"\n"},
                                         Late{"Saturated", 31, "saturation = \"400 mV\"\nopen_loop_gain = 20\n"},
                                         Late{"WithPole", 32, "gain_bandwidth = \"20 MHz\"\noutput_resistance = \"300 ohm\"\n"},
                                         Late{"WithEverything", 33, every_non_ideality}),
                         [](const auto& late) { return late.param.name; });

}  // namespace basin::test
