#include "models/design/random.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <vector>

namespace basin {
namespace {

using Words = std::array<std::uint32_t, 4>;

Words philox(const Words& counter, std::uint32_t key0, std::uint32_t key1) {
  const auto out = r123::Philox4x32{}(r123::Philox4x32::ctr_type{{counter[0], counter[1], counter[2], counter[3]}},
                                      r123::Philox4x32::key_type{{key0, key1}});
  return {out[0], out[1], out[2], out[3]};
}

Words next_four(Random& random) { return {random.bits(), random.bits(), random.bits(), random.bits()}; }

}  // namespace

// Random123's own known-answer vectors (tests/kat_vectors, lines "philox4x32 10").
TEST(Philox, MatchesTheKnownAnswerVectors) {
  EXPECT_EQ(philox({0, 0, 0, 0}, 0, 0), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffff, 0xffffffff),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, StartsWithTheKnownAnswerOfTheZeroCounter) {
  Random random(0, static_cast<Stream>(0), 0);
  EXPECT_EQ(next_four(random), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
}

TEST(Random, CountsStreamThenCueThenBlockUnderTheSeedAsKey) {
  Random random(0x0123456789abcdefULL, Stream::amplification, 77);
  EXPECT_EQ(next_four(random), philox({2, 77, 0, 0}, 0x89abcdef, 0x01234567));
  EXPECT_EQ(next_four(random), philox({2, 77, 1, 0}, 0x89abcdef, 0x01234567));
}

TEST(Random, DrawsIntegersBelowTheBoundEvenly) {
  Random random(1, Stream::test, 0);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70'000; ++i) ++counts.at(random.below(7));
  // Binomial: sigma = sqrt(70000 · 1/7 · 6/7) = 93; five sigma.
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 465);
  EXPECT_EQ(random.below(1), 0U);
}

// 2^32 mod 0xC0000000 = 2^30: a quarter of all words is rejected. Without rejection values below 2^30 come twice as
// often.
// All 60 orders of three of five are equally likely: Pearson's statistic of 60 bins has mean 59 and deviation √118.
TEST(Chosen, IsEveryOrderOfDifferentOnesEquallyOften) {
  constexpr int draws = 60000;
  std::map<std::vector<Index>, int> counts;
  Random random(5, Stream::test, 0);
  for (int k = 0; k < draws; ++k) {
    const std::vector<Index> order = chosen(5, 3, random);
    ASSERT_EQ(std::set<Index>(order.begin(), order.end()).size(), 3U);
    ++counts[order];
  }
  EXPECT_EQ(counts.size(), 60U);
  double statistic = 0.0;
  for (const auto& [order, count] : counts) statistic += std::pow(count - draws / 60.0, 2) / (draws / 60.0);
  EXPECT_LT(statistic, 59 + 5 * std::sqrt(118.0)) << "seed 5";
}

TEST(Chosen, OfAllIsAPermutationAndOfNoneEmpty) {
  Random random(5, Stream::test, 1);
  const std::vector<Index> all = chosen(7, 7, random);
  EXPECT_EQ(std::set<Index>(all.begin(), all.end()), (std::set<Index>{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_TRUE(chosen(7, 0, random).empty());
}

TEST(Random, RejectsWhatWouldBiasALargeBound) {
  Random random(2, Stream::test, 0);
  int small = 0;
  for (int i = 0; i < 30'000; ++i) small += random.below(0xC0000000U) < 0x40000000U ? 1 : 0;
  EXPECT_NEAR(small, 10'000, 410);  // five sigma of sqrt(30000 · 2/9)
}

TEST(Random, UniformIsInTheHalfOpenUnitIntervalWithMeanOneHalf) {
  Random random(3, Stream::test, 0);
  double sum = 0.0;
  for (int i = 0; i < 40'000; ++i) {
    const double x = random.uniform();
    ASSERT_TRUE(x >= 0.0 && x < 1.0);
    sum += x;
  }
  EXPECT_NEAR(sum / 40'000, 0.5, 5.0 / std::sqrt(12.0 * 40'000));
}

TEST(Random, NormalHasUnitVarianceAndTheRightTails) {
  Random random(4, Stream::test, 0);
  constexpr int count = 40'000;
  double sum = 0.0, squares = 0.0;
  int beyond = 0;
  for (int i = 0; i < count; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    beyond += std::abs(x) > 2.0 ? 1 : 0;
  }
  EXPECT_NEAR(sum / count, 0.0, 5.0 / std::sqrt(count));
  EXPECT_NEAR(squares / count, 1.0, 5.0 * std::sqrt(2.0 / count));
  EXPECT_NEAR(beyond / double{count}, 0.0455, 5.0 * std::sqrt(0.0455 / count));  // P(|x| > 2)
}

}  // namespace basin
