#include "sim/reference/simulation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/design/error.hpp"
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

/// Three neurons that inhibit each other, starting alike.
Design delayed_design(double delay) {
  Design design = test::plain_design(3);
  design.circuit.weights = -Matrix::Ones(3, 3);
  design.circuit.weights->diagonal().setZero();
  design.circuit.gain.setConstant(2.0);
  design.circuit.initial.setConstant(0.2);
  design.circuit.delay = Vector::Constant(3, delay);
  return design;
}

TEST(Simulation, OfACircuitWithDelaysClaimsNoFallingEnergy) {
  const Simulation found = simulate(delayed_design(1.0), {});
  EXPECT_NEAR(found.cues[0].period.value(), 3.0682194006829304, 3e-4);   // tests/data/delay
  EXPECT_TRUE(found.symmetric);
  EXPECT_TRUE(found.delayed);
  EXPECT_FALSE(found.energy_argument);
}

TEST(Simulation, KeepsTheDelaysOfTheNeuronsThatAClampLeavesFree) {
  // Neuron 0 held at 0: the other two are the pair of tests/data/delay, N = 2, gain 3, delay 2.
  Design design = delayed_design(2.0);
  design.circuit.gain.setConstant(3.0);
  (*design.circuit.weights).col(0).setZero();
  design.cues.present = true;
  design.cues.from = CueSource::file;
  design.cues.as = CueUse::clamp;
  design.cues.amplitude = 1.0;
  design.cues.given = (Matrix(1, 3) << 0.5, 0.0, 0.0).finished();
  design.circuit.bias.setConstant(1e-3);                                  // off the unstable point that clamped cues start from
  EXPECT_NEAR(simulate(design, {}).cues[0].period.value(), 5.400348499074244, 0.05);
}

TEST(Simulation, RefusesADelayThatItCannotStepThrough) {
  EXPECT_THROW(simulate(delayed_design(1e-5), {}), InputError);
  EXPECT_THROW(simulate(delayed_design(2e3), {}), InputError);
}

Design noisy_design() {
  Design design = test::hebb_design();
  design.noise.temperature = 0.01;
  design.simulate.samples = 5;
  return design;
}

// Ideal amplifiers, said to be real by an offset of next to nothing: in components, the same noise moves the same states.
TEST(Simulation, HasTheSameNoiseInComponents) {
  Design design = noisy_design();
  const Simulation ideal = simulate(design, {});
  design.amplifier.output_resistance_ohm = Vector::Zero(design.neurons);
  design.amplifier.input_offset_v = Vector::Constant(design.neurons, 1e-12);
  const Simulation real = simulate(design, {});
  ASSERT_TRUE(real.noise && real.amplifiers);
  EXPECT_DOUBLE_EQ(real.noise->rms, ideal.noise->rms);
  for (std::size_t c = 0; c < ideal.cues.size(); ++c) {
    EXPECT_LT((real.cues[c].samples - ideal.cues[c].samples).cwiseAbs().maxCoeff(), 1e-7);
    EXPECT_EQ(real.cues[c].reason, EndReason::time_limit);
    EXPECT_EQ(real.cues[c].status, "recalled");
  }
}

TEST(Simulation, WithNoiseEndsByTheClockAndIsNamedByItsSigns) {
  const Simulation found = simulate(noisy_design(), {});
  ASSERT_TRUE(found.noise.has_value());
  EXPECT_DOUBLE_EQ(found.noise->t_end, 100.0);
  EXPECT_DOUBLE_EQ(found.noise->step, 0.01);
  EXPECT_DOUBLE_EQ(found.noise->rms, 0.1);
  EXPECT_TRUE(found.equilibria.empty());
  for (const SimulatedCue& cue : found.cues) {
    EXPECT_EQ(cue.reason, EndReason::time_limit);
    EXPECT_EQ(cue.t_final, 100.0);
    EXPECT_FALSE(cue.settle_time.has_value());
    EXPECT_EQ(cue.status, "recalled");                                    // noise of 0.1 on states of about 1
    EXPECT_EQ(cue.attractor, cue.target);
  }
}

TEST(Simulation, HasTheSameNoiseForAnyNumberOfJobsAndItsOwnForEachCueAndSeed) {
  const Simulation one = simulate(noisy_design(), {.jobs = 1, .progress = {}});
  const Simulation three = simulate(noisy_design(), {.jobs = 3, .progress = {}});
  for (std::size_t c = 0; c < one.cues.size(); ++c) EXPECT_EQ(one.cues[c].samples, three.cues[c].samples) << c;
  EXPECT_GT((one.cues[0].samples.row(5) - one.cues[3].samples.row(5)).cwiseAbs().maxCoeff(), 0.01);   // one memory, two cues
  Design other = noisy_design();
  other.noise.seed = 2;
  EXPECT_NE(simulate(other, {}).cues[0].samples, one.cues[0].samples);
}

TEST(Simulation, RefusesANoiseStepThatWouldNotReachTheEnd) {
  Design design = noisy_design();
  design.noise.step = 1e-9;
  EXPECT_THROW(simulate(design, {}), InputError);
}

// 100 times the longest delay, in steps no longer than the least.
TEST(Simulation, RefusesARunWithNoiseThatItsDelaysMakeEndless) {
  Design design = noisy_design();
  design.circuit.delay = Vector::Constant(design.neurons, 1e-4);
  design.circuit.delay[0] = 1000.0;
  try {
    simulate(design, {});
    FAIL() << "took it";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("simulate.t_end: 1e+05 is too long with noise, whose steps are at most 1e-04"), std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace basin
