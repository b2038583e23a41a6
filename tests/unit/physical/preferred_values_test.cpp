#include "models/physical/preferred_values.hpp"

#include <gtest/gtest.h>

#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

ResistorNetwork random_network(Index n) {
  Random random(9, Stream::test, 1);
  Circuit circuit = test::circuit_of(test::gaussian(n, random), 3.0);
  circuit.resistance.setConstant(1e5);
  circuit.tau.setConstant(1e-6);
  return make_network(rescaled(circuit, passive_scale(circuit)), 1.0);
}

}  // namespace

// IEC 60063: 4.7 k, 6.8 k and 2.2 M are of all three of E12, E24 and (as 4.75, 6.81, 2.21) E96.
TEST(PreferredValues, AreThoseOfTheStandard) {
  EXPECT_EQ(preferred_value(4699.0, PreferredSeries::e12), 4700.0);
  EXPECT_EQ(preferred_value(5000.0, PreferredSeries::e12), 4700.0);
  EXPECT_EQ(preferred_value(5000.0, PreferredSeries::e24), 5100.0);
  EXPECT_EQ(preferred_value(5000.0, PreferredSeries::e96), 4990.0);
  EXPECT_EQ(preferred_value(2.2e6, PreferredSeries::e96), 2.21e6);
  EXPECT_EQ(preferred_value(9.9, PreferredSeries::e12), 10.0);
  EXPECT_EQ(preferred_value(9.7e-12, PreferredSeries::e24), 1e-11);
  EXPECT_EQ(preferred_value(3.3e-10, PreferredSeries::e12), 3.3e-10);
}

// Neighbours of E96 are at most 10^(1/96) apart, and rounding to three digits moves them by less than 0.5 %.
TEST(PreferredValues, OfE96AreWithinAPercentAndAHalf) {
  for (double value = 1.0; value < 1e7; value *= 1.0371) {
    EXPECT_NEAR(preferred_value(value, PreferredSeries::e96) / value, 1.0, 0.0151) << value;
  }
}

TEST(Series, RoundsEveryResistorAndKeepsTheNodesTotal) {
  const ResistorNetwork exact = random_network(12), made = with_series(exact, PreferredSeries::e24);
  for (Index i = 0; i < 12; ++i) {
    for (Index j = 0; j < 12; ++j) {
      if (exact.conductance(i, j) == 0.0) continue;
      const double ohm = 1.0 / std::abs(made.conductance(i, j));
      EXPECT_DOUBLE_EQ(ohm, preferred_value(ohm, PreferredSeries::e24));
      EXPECT_NEAR(made.conductance(i, j) / exact.conductance(i, j), 1.0, 0.0743);   // from 1.3 to 1.5: √(1.5/1.3)
    }
    const auto total = [i](const ResistorNetwork& of) {
      return of.conductance.row(i).cwiseAbs().sum() + std::abs(of.bias[i]) + of.leak[i];
    };
    if (made.leak[i] > 0.0) {
      EXPECT_NEAR(total(made), total(exact), 0.0743 * made.leak[i]);   // what the last resistor is off by
    }
  }
}

TEST(Levels, LeaveEqualStepsAndTheSignOfEveryWeight) {
  const ResistorNetwork exact = random_network(12), made = with_levels(exact, 7);
  const double step = exact.conductance.cwiseAbs().maxCoeff() / 7;
  for (Index i = 0; i < 12; ++i) {
    for (Index j = 0; j < 12; ++j) {
      const double level = made.conductance(i, j) / step;
      EXPECT_NEAR(level, std::round(level), 1e-9);
      EXPECT_LE(std::abs(made.conductance(i, j) - exact.conductance(i, j)), 0.5 * step * (1 + 1e-9));
    }
  }
  EXPECT_DOUBLE_EQ(made.conductance.cwiseAbs().maxCoeff(), 7 * step);
}

TEST(LeastMargin, IsTheSmallestStability) {
  Matrix w(2, 2);
  w << 0.0, 0.5, -0.25, 0.0;
  Circuit circuit = test::circuit_of(w, 2.0);
  circuit.bias << 0.25, 0.5;
  EXPECT_DOUBLE_EQ(least_margin(circuit, Eigen::Vector2d(1.0, 1.0)), 0.25);
  EXPECT_DOUBLE_EQ(least_margin(circuit, Eigen::Vector2d(1.0, -1.0)), -0.25);
}

}  // namespace basin
