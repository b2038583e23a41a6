#include "sim/compare/deviation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

namespace basin {
namespace {

/// `rows` rows of the words that `word(k, i)` gives.
RawTrace trace_of(std::size_t rows, std::size_t neurons, const std::function<double(std::size_t, std::size_t)>& word) {
  RawTrace trace;
  trace.neurons = neurons;
  for (std::size_t k = 0; k < rows; ++k) {
    for (std::size_t i = 0; i < neurons; ++i) trace.words.push_back(static_cast<std::int32_t>(std::lround(word(k, i))));
  }
  return trace;
}

TEST(LargestDifference, NamesNeuronAndStep) {
  const RawTrace trace = trace_of(5, 3, [](std::size_t k, std::size_t i) { return 10.0 * static_cast<double>(k + i); });
  Matrix samples(5, 3);
  for (Index k = 0; k < 5; ++k) {
    for (Index i = 0; i < 3; ++i) samples(k, i) = 5.0 * static_cast<double>(k + i);
  }
  samples(3, 1) -= 0.75;
  samples(4, 2) += 0.5;
  const LargestDifference largest = largest_difference(trace, 0.5, samples);
  EXPECT_DOUBLE_EQ(largest.value, 0.75);
  EXPECT_EQ(largest.neuron, 1);
  EXPECT_EQ(largest.step, 3);
}

TEST(Quantile, IsTheNearestRank) {
  std::vector<double> values;
  for (int i = 120; i >= 1; --i) values.push_back(i);
  EXPECT_EQ(quantile(values, 0.95), 114.0);   // 0.95 · 120
  EXPECT_EQ(quantile({3.0, 1.0, 2.0}, 0.95), 3.0);
  EXPECT_EQ(quantile({5.0}, 0.95), 5.0);
  EXPECT_EQ(quantile({}, 0.95), 0.0);
}

TEST(RootMeanSquare, OfThreeAndFourIsRootOfTwelveAndAHalf) {
  EXPECT_DOUBLE_EQ(root_mean_square({3.0, 4.0}), std::sqrt(12.5));
  EXPECT_EQ(root_mean_square({}), 0.0);
}

TEST(NetworkTimes, CountStepsFromZero) {
  const std::vector<double> times = network_times(0.25, 3);
  EXPECT_EQ(times, (std::vector<double>{0.0, 0.25, 0.5, 0.75}));
}

TEST(TracePeriod, OfATwoCycleIsTwo) {
  const RawTrace trace = trace_of(20, 2, [](std::size_t k, std::size_t) { return k % 2 == 0 ? 40.0 : -40.0; });
  ASSERT_TRUE(trace_period(trace).has_value());
  EXPECT_DOUBLE_EQ(*trace_period(trace), 2.0);
}

TEST(TracePeriod, OfASampledRotationIsItsPeriod) {
  const double period = 61.7;
  const RawTrace trace = trace_of(400, 2, [=](std::size_t k, std::size_t i) {
    const double phase = 2.0 * std::numbers::pi * static_cast<double>(k) / period;
    return 1e5 * (i == 0 ? std::sin(phase) : std::cos(phase));
  });
  ASSERT_TRUE(trace_period(trace).has_value());
  EXPECT_NEAR(*trace_period(trace), period, 0.01);   // linear interpolation: (2π/61.7)²/8 of a step, and integers
}

TEST(TracePeriod, IsEmptyForADecayOrADampedRotation) {
  EXPECT_FALSE(trace_period(trace_of(300, 1, [](std::size_t k, std::size_t) {
                 return 1e6 * std::exp(-0.01 * static_cast<double>(k));
               })).has_value());
  EXPECT_FALSE(trace_period(trace_of(300, 2, [](std::size_t k, std::size_t i) {
                 const double t = 0.1 * static_cast<double>(k);
                 return 1e6 * std::exp(-0.05 * t) * (i == 0 ? std::sin(t) : std::cos(t));
               })).has_value());
  EXPECT_FALSE(trace_period(trace_of(300, 1, [](std::size_t, std::size_t) { return 5.0; })).has_value());
}

/// One unit, V = u clamped to ±128/127 of full scale: an odd table of one segment from 0 to the full code.
FixedNetwork ramp_network() {
  FixedNetwork network;
  network.core = {.neurons = 1, .state_bits = 12, .drive_bits = 8, .table_domain = 7, .table_segments = 1, .slope_bits = 9};
  network.neurons = 1;
  network.weights = {0};
  network.biases = {0};
  network.tables = {{Segment{0, 127}}};
  network.lsb_drive = 1.0 / 127.0;
  network.dt = 0.125;
  return network;
}

TEST(TraceSettleTime, IsTheFirstTimeAfterWhichOutputsStayWithinAHundredth) {
  // V = codes/127: 0.01 is 1.27 codes, so 1 code counts as settled and 2 do not.
  const std::vector<double> words{100.0, 60.0, 50.0, 53.0, 50.0, 51.0, 50.0, 50.0};
  const RawTrace trace = trace_of(8, 1, [&](std::size_t k, std::size_t) { return words[k]; });
  EXPECT_DOUBLE_EQ(trace_settle_time(ramp_network(), trace), 4 * 0.125);
}

TEST(TraceSettleTime, IsZeroForATraceThatStartsAtItsEnd) {
  const RawTrace trace = trace_of(4, 1, [](std::size_t, std::size_t) { return 50.0; });
  EXPECT_EQ(trace_settle_time(ramp_network(), trace), 0.0);
}

}  // namespace
}  // namespace basin
