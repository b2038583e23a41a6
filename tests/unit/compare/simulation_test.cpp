#include "sim/reference/simulation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

/// The positive root of v = tanh(4v) by bisection.
double flipflop_output() {
  double low = 0.5, high = 1.0;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (std::tanh(4.0 * middle) > middle ? low : high) = middle;
  }
  return low;
}

TEST(Simulation, OfTheFlipflopEndsAtTheRootOfItsEquation) {
  const Simulation found = simulate(test::flipflop_design(0.3, 0.1), {});
  ASSERT_EQ(found.cues.size(), 1U);
  const SimulatedCue& cue = found.cues[0];
  const double v = flipflop_output();   // u_i = V_j = tanh(4 u_j)
  EXPECT_EQ(cue.reason, EndReason::settled);
  EXPECT_NEAR(cue.v[0], v, 1e-6);
  ASSERT_EQ(found.equilibria.size(), 1U);
  EXPECT_NEAR(found.equilibria[0].u[1], v, 1e-12);
  EXPECT_TRUE(found.equilibria[0].stable);
  const double slope = 4.0 * (1.0 - v * v);
  EXPECT_NEAR(found.equilibria[0].eigenvalues[0].real(), slope - 1.0, 1e-9);   // −1 ± g′
  EXPECT_NEAR(found.equilibria[0].eigenvalues[1].real(), -slope - 1.0, 1e-9);
  EXPECT_TRUE(found.symmetric);
  EXPECT_TRUE(found.energy_never_rises);
  EXPECT_EQ(cue.signs, "++");
  EXPECT_FALSE(cue.overlap.has_value());
}

TEST(Simulation, CountsTheCuesOfEveryEquilibrium) {
  const Simulation found = simulate(test::hebb_design(), {.jobs = 2, .progress = {}});
  ASSERT_EQ(found.equilibria.size(), 3U);
  for (std::size_t m = 0; m < 3; ++m) {
    EXPECT_EQ(found.equilibria[m].cues, 3);
    EXPECT_EQ(found.equilibria[m].name, std::string(1, static_cast<char>('a' + m)));
    EXPECT_TRUE(found.memories[m].stored);
  }
  EXPECT_EQ(found.cues[5].target, "c");
  EXPECT_EQ(found.cues[5].status, "recalled");
  EXPECT_GT(*found.cues[5].overlap, 0.99);
}

TEST(Simulation, SamplesEvenlyUpToTheGivenEnd) {
  Design design = test::flipflop_design(0.3, -0.3);
  design.simulate.samples = 4;
  design.simulate.t_end = 2.0;
  const Simulation found = simulate(design, {});
  EXPECT_EQ(found.times, (std::vector<double>{0.0, 0.5, 1.0, 1.5, 2.0}));
  ASSERT_EQ(found.cues[0].samples.rows(), 5);
  EXPECT_NEAR(found.cues[0].samples(0, 0), 0.3, 1e-15);
  // Antisymmetric: u1 = −u2 = u, u̇ = −u − tanh(4u): falls below the linear decay e^{−t}.
  EXPECT_LT(found.cues[0].samples(2, 0), 0.3 * std::exp(-1.0));
  EXPECT_NEAR(found.cues[0].samples(2, 0), -found.cues[0].samples(2, 1), 1e-12);
  EXPECT_EQ(found.cues[0].energies.size(), 5U);
}

TEST(Simulation, SamplesUpToTheLongestCueWhenTheEndIsAuto) {
  Design design = test::hebb_design();
  design.simulate.samples = 10;
  const Simulation found = simulate(design, {});
  double longest = 0.0;
  for (const SimulatedCue& cue : found.cues) longest = std::max(longest, cue.t_final);
  EXPECT_DOUBLE_EQ(found.times.back(), longest);
  for (const SimulatedCue& cue : found.cues) EXPECT_EQ(cue.samples.rows(), 11);
}

TEST(Simulation, SaysWhenACircuitOscillates) {
  Design design = test::plain_design(3);
  design.circuit.weights = Matrix::Zero(3, 3);
  for (Index i = 0; i < 3; ++i) (*design.circuit.weights)(i, (i + 2) % 3) = -1.0;
  design.circuit.initial << 0.3, -0.1, 0.05;
  const Simulation found = simulate(design, {});
  EXPECT_EQ(found.cues[0].reason, EndReason::oscillating);
  EXPECT_EQ(found.cues[0].attractor, "unsettled");
  EXPECT_EQ(found.cues[0].equilibrium, -1);
  EXPECT_TRUE(found.cues[0].period.has_value());
  EXPECT_FALSE(found.symmetric);
}

TEST(Simulation, HoldsClampedOutputsAndDrivesTheOthersWithThem) {
  // Hold V1 = −1 in the flip-flop: u2 settles at W21 V1 = −1 exactly, though it starts at 0.
  Design design = test::flipflop_design(0.0, 0.0);
  design.cues.present = true;
  design.cues.from = CueSource::file;
  design.cues.as = CueUse::clamp;
  design.cues.amplitude = 1.0;
  design.cues.given.resize(1, 2);
  design.cues.given << -1.0, 0.0;
  const Simulation found = simulate(design, {});
  EXPECT_EQ(found.cues[0].v[0], -1.0);
  EXPECT_NEAR(found.cues[0].u[1], -1.0, 1e-6);
  EXPECT_NEAR(found.cues[0].v[1], std::tanh(-4.0), 1e-6);
  EXPECT_EQ(found.cues[0].signs, "--");
}

}  // namespace
}  // namespace basin
