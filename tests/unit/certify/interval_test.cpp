#include "models/certify/interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "models/design/random.hpp"

namespace basin {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// 1/3 = 0x1.55…5p-2 and then …5 for ever: below the next double, above this one.
TEST(Interval, RoundsEachEndOutwards) {
  const Interval third = Interval(1.0) / 3.0;
  EXPECT_EQ(third.lower(), 0x1.5555555555555p-2);
  EXPECT_EQ(third.upper(), 0x1.5555555555556p-2);
  const Interval sum = Interval(1.0) + 0x1p-60;
  EXPECT_EQ(sum, Interval(1.0, 1.0 + 0x1p-52));
}

TEST(Interval, KeepsExactResultsExact) {
  EXPECT_EQ(Interval(3.0) * 0.25, Interval(0.75));
  EXPECT_EQ(Interval(0x1.000001p0) * 0x1.000001p0, Interval(0x1.0000020000010p0));
  EXPECT_EQ(Interval(2.0) - 0.5, Interval(1.5));
}

TEST(Interval, HoldsEveryResultOfItsOperands) {
  const Interval a(-1.0, 2.0), b(-3.0, 5.0);
  EXPECT_EQ(a * b, Interval(-6.0, 10.0));
  EXPECT_EQ(a - b, Interval(-6.0, 5.0));
  EXPECT_EQ(square(a), Interval(0.0, 4.0));
  EXPECT_EQ(abs(a), Interval(0.0, 2.0));
  EXPECT_EQ(a / b, Interval::entire());
  EXPECT_EQ(Interval(1.0) / Interval(2.0, 4.0), Interval(0.25, 0.5));
}

TEST(Interval, TakesWhatIsNoIntervalForEverything) {
  EXPECT_EQ(Interval(std::nan("")), Interval::entire());
  EXPECT_EQ(Interval(2.0, 1.0), Interval::entire());
  EXPECT_EQ(log(Interval(-2.0, -1.0)), Interval::entire());
  EXPECT_EQ(Interval(infinity) - infinity, Interval::entire());
}

TEST(Interval, GoesToTheNextDoubleBeyondTheRange) {
  constexpr double largest = std::numeric_limits<double>::max(), least = std::numeric_limits<double>::denorm_min();
  EXPECT_EQ(Interval(largest) * 2.0, Interval(largest, infinity));
  EXPECT_EQ(Interval(least) * 0.5, Interval(0.0, least));
  EXPECT_EQ(exp(Interval(-infinity, 0.0)), Interval(0.0, 1.0));
}

TEST(Interval, IsStrictlyInsideOnlyWithRoomAtEveryFiniteEnd) {
  EXPECT_TRUE(Interval(0.0, 1.0).holds_strictly({0.25, 0.75}));
  EXPECT_FALSE(Interval(0.0, 1.0).holds_strictly({0.0, 0.75}));
  EXPECT_FALSE(Interval(0.0, 1.0).holds_strictly({0.25, 1.0}));
  EXPECT_TRUE(Interval(0.0, infinity).holds_strictly({0.25, infinity}));
}

TEST(Interval, MeetsAndJoins) {
  bool empty = false;
  EXPECT_EQ(intersection({0.0, 2.0}, {1.0, 3.0}, empty), Interval(1.0, 2.0));
  EXPECT_FALSE(empty);
  intersection({0.0, 1.0}, {2.0, 3.0}, empty);
  EXPECT_TRUE(empty);
  EXPECT_EQ(hull({0.0, 1.0}, {2.0, 3.0}), Interval(0.0, 3.0));
}

// The exact sum of the products of integers of 20 bits fits a double.
TEST(Dot, HoldsTheExactSumAndIsNotMuchWider) {
  Random random(7, Stream::test, 0);
  std::vector<double> a(200);
  std::vector<Interval> b(200);
  double exact = 3.0;
  for (std::size_t j = 0; j < a.size(); ++j) {
    a[j] = std::floor(1e6 * (random.uniform() - 0.5));
    const double x = std::floor(1e6 * (random.uniform() - 0.5));
    b[j] = x;
    exact += a[j] * x;
  }
  EXPECT_EQ(dot(3.0, a, b), Interval(exact));
  // Divided by three the terms, up to 1e12, and sums, up to 2e14, are rounded: each by an ulp of 2e14 at most.
  for (double& value : a) value /= 3.0;
  const Interval third = dot(0.0, a, b);
  EXPECT_TRUE(third.holds((exact - 3.0) / 3.0));
  EXPECT_LT(third.width(), 2.0 * 200.0 * 2e14 * 0x1p-52);
}

}  // namespace
}  // namespace basin
