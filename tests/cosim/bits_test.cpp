// Every state word of every step, golden model against RTL, over a sample of elaborations that covers every size, number of
// lanes, format and feature.
#include "tests/cosim/bits.hpp"

#include <gtest/gtest.h>

#include "tests/cosim/elaborations.hpp"

namespace basin::cosim {
namespace {

class Bits : public testing::TestWithParam<Sample> {};

TEST_P(Bits, OfTheRtlAreThoseOfTheGoldenModel) {
  const Sample& one = GetParam();
  compare_random_networks(one.name, one.core, one.updates, 2027);
}

INSTANTIATE_TEST_SUITE_P(Sample, Bits, testing::ValuesIn(sample),
                         [](const testing::TestParamInfo<Sample>& sampled) { return std::string(sampled.param.name); });

INSTANTIATE_TEST_SUITE_P(Factored, Bits, testing::ValuesIn(factored_sample),
                         [](const testing::TestParamInfo<Sample>& sampled) { return std::string(sampled.param.name); });

}  // namespace
}  // namespace basin::cosim
