#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "models/capacity/statistics.hpp"

namespace basin::test {
namespace {

TEST(Statistics, MeanHasTheErrorOfTheSampleScatter) {
  const std::vector<double> values{1.0, 2.0, 3.0, 6.0};   // mean 3, Σ(x − 3)² = 14, sd² = 14/3
  EXPECT_DOUBLE_EQ(mean_of(values).value, 3.0);
  EXPECT_DOUBLE_EQ(mean_of(values).error, std::sqrt(14.0 / 3.0 / 4.0));
  EXPECT_DOUBLE_EQ(deviation_of(values), std::sqrt(14.0 / 3.0));
  EXPECT_EQ(mean_of(std::vector<double>{5.0}).error, 0.0);
}

// Wilson's interval for 8 of 10: 0.4902 to 0.9433 (Newcombe, Stat. Med. 17, 857 (1998), method 3, and any table of it).
TEST(Statistics, ShareOfSingleRecallsHasWilsonsInterval) {
  const std::vector<int> successes{1, 1, 1, 0, 1, 1, 0, 1, 1, 1};
  const Share share = share_of(successes, 1);
  EXPECT_DOUBLE_EQ(share.value, 0.8);
  // Single recalls scatter like independent ones; sd/√n with n − 1 makes 9 of 10 of them count, at least the trials.
  EXPECT_NEAR(share.low, 0.4902, 5e-5);
  EXPECT_NEAR(share.high, 0.9433, 5e-5);
}

TEST(Statistics, RecallsThatAlwaysFallTogetherCountAsOne) {
  const Share together = share_of(std::vector<int>{8, 8, 8, 0, 8, 8, 0, 8, 8, 8}, 8);
  const Share single = share_of(std::vector<int>{1, 1, 1, 0, 1, 1, 0, 1, 1, 1}, 1);
  EXPECT_DOUBLE_EQ(together.low, single.low);
  EXPECT_DOUBLE_EQ(together.high, single.high);
}

TEST(Statistics, WhenAllComeBackTheIntervalIsThatOfAsManyTrials) {
  const Share share = share_of(std::vector<int>(20, 16), 16);   // Wilson, 20 of 20: n/(n + z²)
  EXPECT_DOUBLE_EQ(share.value, 1.0);
  EXPECT_NEAR(share.low, 20.0 / (20.0 + 3.841458821), 1e-6);
  EXPECT_DOUBLE_EQ(share.high, 1.0);
}

// The mean of equal shares is one of them but for rounding, which must not decide what they count for.
TEST(Statistics, TrialsThatDoNotDifferCountWithAllTheirRecalls) {
  for (std::size_t trials = 2; trials <= 9; ++trials) {
    const Share share = share_of(std::vector<int>(trials, 112), 120);
    const Share all = share_of(112 * trials, 120 * trials);
    EXPECT_NEAR(share.low, all.low, 1e-12) << trials;
    EXPECT_NEAR(share.high, all.high, 1e-12) << trials;
  }
  const Share one = share_of(std::vector<int>{112}, 120);   // of one trial nobody knows how it scatters
  EXPECT_LT(one.low, 0.3);
}

// scipy.stats.binomtest(k, n).proportion_ci(method="wilson"), SciPy 1.17.
TEST(Statistics, ShareOfIndependentRecallsHasTheIntervalThatSciPyHas) {
  struct Case {
    std::size_t k, n;
    double low, high;
  };
  for (const Case& c : {Case{8, 10, 0.4901624715366418, 0.9433178485456248}, Case{0, 20, 0.0, 0.16112515805281935},
                        Case{37, 240, 0.1139642298773218, 0.20526556474892305}, Case{1, 1920, 9.194578953482572e-05, 0.002944405669631104},
                        Case{240, 240, 0.9842460800584412, 1.0}}) {
    const Share share = share_of(c.k, c.n);
    EXPECT_DOUBLE_EQ(share.value, static_cast<double>(c.k) / static_cast<double>(c.n));
    EXPECT_NEAR(share.low, c.low, 1e-12) << c.k << " of " << c.n;
    EXPECT_NEAR(share.high, c.high, 1e-12) << c.k << " of " << c.n;
  }
}

/// Probability that k of n come back, each with probability p.
double binomial(int k, int n, double p) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) + k * std::log(p) + (n - k) * std::log1p(-p));
}

// By enumeration of every outcome: a 95 % interval of 100 recalls holds the truth in 92 to 98 of 100 cases, whatever it is.
TEST(Statistics, IntervalsHoldTheTruthAboutAsOftenAsTheySay) {
  double sum = 0.0;
  for (int tenth = 1; tenth <= 19; ++tenth) {
    const double p = tenth / 20.0;
    double covered = 0.0;
    for (int k = 0; k <= 100; ++k) {
      const Share share = share_of(static_cast<std::size_t>(k), 100);
      if (share.low <= p && p <= share.high) covered += binomial(k, 100, p);
    }
    EXPECT_GT(covered, 0.92) << p;
    EXPECT_LT(covered, 0.98) << p;
    sum += covered / 19.0;
  }
  EXPECT_NEAR(sum, 0.95, 0.01);
}

TEST(Statistics, QuantileInterpolates) {
  const std::vector<double> sorted{0.0, 1.0, 2.0, 10.0};
  EXPECT_DOUBLE_EQ(quantile(sorted, 0.0), 0.0);
  EXPECT_DOUBLE_EQ(quantile(sorted, 0.5), 1.5);
  EXPECT_DOUBLE_EQ(quantile(sorted, 1.0), 10.0);
}

}  // namespace
}  // namespace basin::test
