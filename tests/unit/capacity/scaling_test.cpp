#include <gtest/gtest.h>

#include <cmath>

#include "models/capacity/scaling.hpp"
#include "models/design/random.hpp"

namespace basin::test {
namespace {

constexpr std::uint64_t seed = 7;

/// Trials of 8 recalls at loads around `half`, each recalled with the probability of a logistic curve of that width.
SizePoints drawn(int neurons, double half, double width, int trials) {
  SizePoints size{neurons, {}};
  for (int k = -4; k <= 4; ++k) {
    const double load = half + 0.5 * k * width + 0.1 * width;
    const double chance = 1.0 / (1.0 + std::exp((load - half) / width));
    LoadPoint point{load, 8, {}};
    Random random(seed, Stream::test, static_cast<std::uint32_t>(neurons * 10 + k));
    for (int t = 0; t < trials; ++t) {
      int recalled = 0;
      for (int r = 0; r < 8; ++r) recalled += random.uniform() < chance ? 1 : 0;
      point.recalled.push_back(recalled);
    }
    size.points.push_back(point);
  }
  return size;
}

TEST(HalfLoad, IsWhereTheCurveThatDrewTheRecallsIsOneHalf) {
  const auto half = half_load(drawn(500, 0.15, 0.01, 200).points);
  ASSERT_TRUE(half);
  // 9 loads of 1,600 recalls: the error of a logistic fit is about width·√(4/(n Σ)) ≈ 2.2e-4; four of those.
  EXPECT_NEAR(*half, 0.15, 9e-4) << "seed " << seed;
}

TEST(HalfLoad, NeedsSharesOnBothSides) {
  std::vector<LoadPoint> points{{0.10, 4, {4, 4, 4}}, {0.12, 4, {4, 3, 4}}};
  EXPECT_FALSE(half_load(points));
  points.push_back({0.14, 4, {0, 0, 0}});
  EXPECT_TRUE(half_load(points));
}

TEST(FiniteSizeScaling, FindsTheLoadThatTheSizesGoTo) {
  const double limit = 0.138;
  std::vector<SizePoints> sizes;
  for (const int neurons : {4000, 500, 1000, 2000}) {   // in any order
    sizes.push_back(drawn(neurons, limit + 2.0 * std::pow(neurons, -2.0 / 3.0), 0.3 / std::sqrt(neurons), 60));
  }
  const auto found = scale_to_infinity(sizes, seed);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->halves.size(), 4U);
  EXPECT_EQ(found->halves.front().neurons, 500);
  const ExtrapolatedLoad& estimate = found->estimates.front();
  EXPECT_DOUBLE_EQ(estimate.exponent, 2.0 / 3.0);
  EXPECT_LT(estimate.low, estimate.load);
  EXPECT_LT(estimate.load, estimate.high);
  EXPECT_LT(estimate.high - estimate.low, 0.004);
  EXPECT_LE(estimate.low, limit) << "seed " << seed;
  EXPECT_GE(estimate.high, limit) << "seed " << seed;
  EXPECT_LT(estimate.misfit, 10.6);   // χ² of 2 degrees of freedom, 99.5 %
  // The same counts taken to go with N^-1/2 end elsewhere.
  EXPECT_LT(found->estimates[1].high, limit);
}

TEST(FiniteSizeScaling, NeedsThreeSizes) {
  EXPECT_FALSE(scale_to_infinity(std::vector<SizePoints>{drawn(500, 0.15, 0.01, 20), drawn(1000, 0.14, 0.01, 20)}, seed));
}

}  // namespace
}  // namespace basin::test
