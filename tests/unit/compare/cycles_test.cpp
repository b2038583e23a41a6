#include "sim/compare/cycles.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace basin {
namespace {

/// An ellipse of half axes 1 and ½ in `steps` steps from `phase` on; `turns` −1 goes round the other way.
Cycle ellipse(int steps, double phase, double turns = 1.0, double size = 1.0) {
  Cycle cycle{Matrix(steps, 2), static_cast<double>(steps)};
  for (int k = 0; k < steps; ++k) {
    const double angle = phase + turns * 2.0 * std::numbers::pi * k / steps;
    cycle.states.row(k) << size * std::cos(angle), 0.5 * size * std::sin(angle);
  }
  return cycle;
}

const Vector wide = Vector::Ones(2);

// A chord of a circle cut in 200 is at most 1 − cos(π/200) = 1.2e-4 off it.
TEST(Cycles, AreTheSameWhereverTheyBegin) {
  EXPECT_LT(cycle_distance(ellipse(200, 0.0), ellipse(201, 2.5), wide), 1.5e-4);
  EXPECT_TRUE(same_cycle(ellipse(200, 0.0), ellipse(201, 2.5), wide));
}

TEST(Cycles, OfAnotherPeriodDiffer) { EXPECT_FALSE(same_cycle(ellipse(200, 0.0), ellipse(204, 0.0), wide)); }

TEST(Cycles, OfAnotherSizeAreThatFarApart) {
  EXPECT_NEAR(cycle_distance(ellipse(200, 0.0), ellipse(200, 0.0, 1.0, 1.1), wide), 0.1, 2e-3);
  EXPECT_FALSE(same_cycle(ellipse(200, 0.0), ellipse(200, 0.0, 1.0, 1.1), wide));
}

// The second neuron swings by 0.005; as a part of the first one's scale even its whole swing would be nothing.
TEST(Cycles, AreJudgedByEveryNeuronsOwnScale) {
  Cycle narrow = ellipse(200, 0.0), wider = narrow;
  narrow.states.col(1) *= 0.01;
  wider.states.col(1) *= 0.012;
  EXPECT_TRUE(same_cycle(narrow, wider, wide));
  EXPECT_FALSE(same_cycle(narrow, wider, Eigen::Vector2d(1.0, 0.005)));
}

/// Two neurons alike: a line, passed there and back.
Cycle line(int steps, double phase, double second = 0.0) {
  Cycle cycle{Matrix(steps, 2), static_cast<double>(steps)};
  for (int k = 0; k < steps; ++k) {
    const double angle = phase + 2.0 * std::numbers::pi * k / steps;
    cycle.states.row(k).setConstant(std::cos(angle) + second * std::sin(2.0 * angle));
  }
  return cycle;
}

// With delays a state does not say which way it goes; with its past it does.
TEST(Cycles, ThatPassAStateTwiceARoundAreToldByTheirPast) {
  const Vector both = Vector::Ones(4);
  EXPECT_TRUE(same_cycle(with_past(line(200, 0.0)), with_past(line(201, 2.5)), both));
  EXPECT_FALSE(same_cycle(with_past(line(200, 0.0)), with_past(line(200, 0.0, 0.05)), both));   // the same line, at another pace
}

TEST(Cycles, ThatGoRoundTheOtherWayDiffer) { EXPECT_FALSE(same_cycle(ellipse(200, 0.0), ellipse(200, 0.0, -1.0), wide)); }

}  // namespace
}  // namespace basin
