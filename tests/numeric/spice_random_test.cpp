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

}  // namespace basin::test
