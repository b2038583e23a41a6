#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/numeric/spice_random.hpp"

namespace basin::test {
namespace {

constexpr std::uint32_t designs = 50;

void expect_all(AmplifierChoice amplifiers) {
  double worst = 0.0;
  for (std::uint32_t number = 0; number < designs; ++number) {
    const double difference = spice_difference(77, number, amplifiers);
    EXPECT_LE(difference, max_spice_difference) << number;
    worst = std::max(worst, difference);
  }
  std::cout << "spice: " << designs << " designs, worst " << worst << " of full scale\n";
}

}  // namespace

TEST(TenRandomSpiceDesigns, WithEveryNonIdealityAgreeWithTheReference) {
  for (std::uint32_t number = 0; number < 10; ++number) {
    EXPECT_LE(spice_difference(77, number, AmplifierChoice::opamp, every_non_ideality), max_spice_difference) << number;
  }
}

TEST(FiftyRandomSpiceDesigns, WithIdealAmplifiersAgreeWithTheReference) { expect_all(AmplifierChoice::ideal); }
TEST(FiftyRandomSpiceDesigns, WithRealAmplifiersAgreeWithTheReference) { expect_all(AmplifierChoice::opamp); }

}  // namespace basin::test
