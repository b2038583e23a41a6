#include <gtest/gtest.h>

#include <array>
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

/// Standard deviation of α½ over all 256 draws of the trials {7, 7, 1, 0} of 8 recalls at load 0.16 when all came back at
/// 0.14: a logistic curve through two shares is a straight line through their logits.
double deviation_of_all_draws() {
  const std::array<int, 4> trials{7, 7, 1, 0};
  const auto logit = [](int recalled) { return std::log((recalled + 0.5) / (32 - recalled + 0.5)); };
  double sum = 0.0;
  double squares = 0.0;
  for (std::size_t draw = 0; draw < 256; ++draw) {
    const int recalled = trials[draw % 4] + trials[draw / 4 % 4] + trials[draw / 16 % 4] + trials[draw / 64];
    const double half = 0.14 + 0.02 * logit(32) / (logit(32) - logit(recalled));
    sum += half / 256.0;
    squares += half * half / 256.0;
  }
  return std::sqrt(squares - sum * sum);
}

// 5 of 16 draws have more than half of the recalls at 0.16 too, and α½ beyond it.
TEST(FiniteSizeScaling, CountsDrawsBeyondTheLoadsIntoTheError) {
  std::vector<SizePoints> sizes;
  for (const int neurons : {500, 1000, 2000}) sizes.push_back({neurons, {{0.14, 8, {8, 8, 8, 8}}, {0.16, 8, {7, 7, 1, 0}}}});
  const auto found = scale_to_infinity(sizes, seed);
  ASSERT_TRUE(found);
  const double all = deviation_of_all_draws();
  // 1,000 draws give a deviation to about 2 %; five of that.
  for (const HalfLoad& half : found->halves) EXPECT_NEAR(half.error, all, 0.1 * all) << "seed " << seed;
}

TEST(FiniteSizeScaling, LeavesOutSizesWhoseCurveMayRise) {
  std::vector<SizePoints> sizes;
  for (const int neurons : {500, 1000, 2000}) sizes.push_back({neurons, {{0.14, 8, {8, 8, 8, 0}}, {0.16, 8, {8, 0, 0, 0}}}});
  EXPECT_FALSE(scale_to_infinity(sizes, seed));
}

TEST(FiniteSizeScaling, NeedsTrialsThatScatter) {
  std::vector<SizePoints> sizes;
  for (const int neurons : {500, 1000, 2000}) sizes.push_back(drawn(neurons, 0.15, 0.01, 1));
  EXPECT_FALSE(scale_to_infinity(sizes, seed));   // of one trial there is one draw
  for (SizePoints& size : sizes) size.points = {{0.14, 8, {8, 8, 8}}, {0.16, 8, {0, 0, 0}}};
  EXPECT_FALSE(scale_to_infinity(sizes, seed));   // the draws are all alike
}

TEST(FiniteSizeScaling, NeedsThreeSizes) {
  EXPECT_FALSE(scale_to_infinity(std::vector<SizePoints>{drawn(500, 0.15, 0.01, 20), drawn(1000, 0.14, 0.01, 20)}, seed));
}

}  // namespace
}  // namespace basin::test
