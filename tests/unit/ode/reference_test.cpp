#include "models/ode/reference.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/design/random.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

Circuit flip_flop(double gain, ActivationKind kind = ActivationKind::tanh) {
  return test::plain_circuit((Matrix(2, 2) << 0.0, 1.0, 1.0, 0.0).finished(), gain, kind);
}

Circuit random_circuit(Random& random, Index n, bool symmetric, double gain) {
  Matrix w(n, n);
  for (Index k = 0; k < w.size(); ++k) w.data()[k] = random.normal();
  if (symmetric) w = (0.5 * (w + w.transpose())).eval();
  return test::plain_circuit(w, gain);
}

Vector random_state(Random& random, Index n) {
  Vector u(n);
  for (double& x : u) x = random.normal();
  return u;
}

/// W = 0: u(t) = b + (u0 − b) exp(−t/τ).
Circuit decay() {
  Circuit c = test::plain_circuit(Matrix::Zero(3, 3), 2.0);
  c.bias << 0.5, -1.0, 0.0;
  c.tau << 1.0, 0.25, 3.0;
  return c;
}

TEST(Integrate, FollowsTheClosedFormOfALinearDecay) {
  const Circuit c = decay();
  const Vector u0 = (Vector(3) << -1.0, 2.0, 1.0).finished();
  ReferenceOptions options;
  options.sample_times = {0.0, 0.1, 0.5, 1.0, 2.0, 4.0};
  const ReferenceRun run = integrate(c, u0, options);
  ASSERT_EQ(run.reason, EndReason::settled);
  ASSERT_EQ(run.times, options.sample_times);
  for (std::size_t k = 0; k < run.times.size(); ++k) {
    for (Index i = 0; i < 3; ++i) {
      const double exact = c.bias[i] + (u0[i] - c.bias[i]) * std::exp(-run.times[k] / c.tau[i]);
      EXPECT_NEAR(run.samples(static_cast<Index>(k), i), exact, 1e-7) << "t " << run.times[k];  // 10 rtol max|u|/2
    }
  }
}

TEST(Integrate, ErrorFallsWithTheToleranceAndStaysNearIt) {
  Random random(31, Stream::test, 1);
  SCOPED_TRACE("seed 31");
  for (int trial = 0; trial < 5; ++trial) {
    const Circuit c = random_circuit(random, 12, false, 1.0);
    const Vector u0 = random_state(random, 12);
    ReferenceOptions options;
    options.t_end = 2.0;
    options.stop_when_settled = false;
    options.rtol = 1e-13;
    options.atol = 1e-14;
    const Vector exact = integrate(c, u0, options).u;
    double before = 1.0;
    for (const double tolerance : {1e-4, 1e-6, 1e-8, 1e-10}) {
      options.rtol = tolerance;
      options.atol = tolerance / 100.0;
      const double error = (integrate(c, u0, options).u - exact).cwiseAbs().maxCoeff();
      EXPECT_LE(error, 100.0 * tolerance * invariant_bound(c));
      EXPECT_LT(error, before);
      before = error;
    }
  }
}

TEST(Integrate, DenseOutputIsAsGoodAsTheSteps) {
  Random random(32, Stream::test, 2);
  SCOPED_TRACE("seed 32");
  const Circuit c = random_circuit(random, 8, false, 1.0);
  const Vector u0 = random_state(random, 8);
  ReferenceOptions options;
  options.t_end = 1.0;
  options.stop_when_settled = false;
  for (int k = 0; k <= 100; ++k) options.sample_times.push_back(0.01 * k);
  const ReferenceRun coarse = integrate(c, u0, options);
  options.rtol = 1e-13;
  options.atol = 1e-14;
  const ReferenceRun fine = integrate(c, u0, options);
  ASSERT_EQ(coarse.times.size(), 101U);
  EXPECT_LE((coarse.samples - fine.samples).cwiseAbs().maxCoeff(), 1e-7 * invariant_bound(c));
}

TEST(Integrate, EnergyNeverRisesInSymmetricCircuits) {
  Random random(33, Stream::test, 3);
  SCOPED_TRACE("seed 33");
  for (int trial = 0; trial < 40; ++trial) {
    const Index n = 3 + trial % 15;
    Circuit c = random_circuit(random, n, true, 0.5 + 0.5 * trial);
    for (Index i = 0; i < n; ++i) {
      c.bias[i] = 0.3 * random.normal();
      c.tau[i] = 0.2 + random.uniform();
      c.unipolar[static_cast<std::size_t>(i)] = trial % 2 == 0;
    }
    const ReferenceRun run = integrate(c, random_state(random, n), {});
    EXPECT_EQ(run.reason, EndReason::settled) << "trial " << trial;
    EXPECT_LE(run.largest_energy_rise, 1e-12) << "trial " << trial;
    EXPECT_GE(run.largest_energy_rise, 0.0);
  }
}

TEST(Integrate, RecordsTheEnergyOfEverySample) {
  ReferenceOptions options;
  options.sample_times = {0.0, 1.0, 3.0, 50.0};
  const Circuit c = flip_flop(2.0);
  const ReferenceRun run = integrate(c, (Vector(2) << 0.3, -0.2).finished(), options);
  ASSERT_EQ(run.energies.size(), 4U);
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_EQ(run.energies[k], energy(c, run.samples.row(static_cast<Index>(k)).transpose()));
  }
  EXPECT_GT(run.energies[0], run.energies[1]);
}

TEST(Integrate, NegativeRiseSaysThatThereIsNoEnergyArgument) {
  Circuit c = flip_flop(2.0);
  c.weights(0, 1) = 0.5;
  EXPECT_LT(integrate(c, Vector::Constant(2, 0.4), {}).largest_energy_rise, 0.0);
}

TEST(Integrate, SettlesWhereTheResidualMeetsTheRule) {
  const Circuit c = flip_flop(3.0);
  const ReferenceRun run = integrate(c, (Vector(2) << 0.3, 0.1).finished(), {});
  ASSERT_EQ(run.reason, EndReason::settled);
  EXPECT_LE(drive(c, run.u).cwiseAbs().maxCoeff(), 10.0 * 1e-8 * invariant_bound(c) * (1.0 + 1e-6));
  EXPECT_LT(run.t_final, 40.0);  // the slow rate is 0.94: e^(−0.94·40) is far below the rule
}

TEST(Integrate, HoldsTheFinalStateForTheSamplesAfterSettling) {
  ReferenceOptions options;
  options.sample_times = {0.5, 500.0, 900.0};
  const ReferenceRun run = integrate(flip_flop(3.0), (Vector(2) << 0.3, 0.1).finished(), options);
  ASSERT_EQ(run.times.size(), 3U);
  EXPECT_LT(run.t_final, 500.0);
  EXPECT_EQ(Vector(run.samples.row(1).transpose()), run.u);
  EXPECT_EQ(Vector(run.samples.row(2).transpose()), run.u);
}

TEST(Integrate, RunsToTheEndWhenToldNotToStop) {
  ReferenceOptions options;
  options.t_end = 77.0;
  options.stop_when_settled = false;
  const ReferenceRun run = integrate(flip_flop(3.0), (Vector(2) << 0.3, 0.1).finished(), options);
  EXPECT_EQ(run.t_final, 77.0);
  EXPECT_EQ(run.reason, EndReason::settled);
}

TEST(Integrate, ReportsTheTimeLimit) {
  ReferenceOptions options;
  options.t_end = 0.5;
  options.sample_times = {0.25, 0.5, 0.75};
  const ReferenceRun run = integrate(flip_flop(3.0), (Vector(2) << 0.3, 0.1).finished(), options);
  EXPECT_EQ(run.reason, EndReason::time_limit);
  EXPECT_EQ(run.t_final, 0.5);
  EXPECT_EQ(run.times, (std::vector<double>{0.25, 0.5}));  // 0.75 was not reached
}

// Without an end of its own a run is given up after 1,000 τ, but not before the last sample that is asked for.
TEST(Integrate, ReachesEverySampleOfARunThatNeverSettles) {
  Circuit ring = test::plain_circuit(Matrix::Zero(3, 3), 4.0);
  for (Index i = 0; i < 3; ++i) ring.weights(i, (i + 1) % 3) = -1.0;
  ReferenceOptions options;
  options.sample_times = {999.0, 1200.0, 1500.0};
  const ReferenceRun run = integrate(ring, Eigen::Vector3d(0.2, -0.1, 0.0), options);
  EXPECT_EQ(run.times, options.sample_times);
  EXPECT_GT((run.samples.row(2) - run.samples.row(1)).cwiseAbs().maxCoeff(), 1e-3);
}

TEST(Integrate, KeepsEveryAcceptedStepOnRequest) {
  ReferenceOptions options;
  options.keep_steps = true;
  const ReferenceRun run = integrate(flip_flop(3.0), (Vector(2) << 0.3, 0.1).finished(), options);
  EXPECT_EQ(run.times.size(), run.steps + 1);
  EXPECT_TRUE(std::is_sorted(run.times.begin(), run.times.end()));
  EXPECT_EQ(run.times.back(), run.t_final);
  EXPECT_EQ(Vector(run.samples.bottomRows(1).transpose()), run.u);
}

TEST(Integrate, FindsTheClosedFormSettlingTime) {
  // One free unit: u = 1 − e^(−t), V = tanh 2u; |V − tanh 2| = 0.01 where u = ½ atanh(tanh 2 − 0.01).
  Circuit c = test::plain_circuit(Matrix::Zero(1, 1), 2.0);
  c.bias << 1.0;
  const double u = 0.5 * std::atanh(std::tanh(2.0) - 0.01);
  const ReferenceRun run = integrate(c, Vector::Zero(1), {});
  EXPECT_NEAR(run.settle_time, -std::log(1.0 - u), 1e-4);
  EXPECT_EQ(integrate(c, Vector::Constant(1, 0.9999), {}).settle_time, 0.0);  // inside the band from the start
}

TEST(Integrate, SettlesAtOnceInAnEquilibrium) {
  const ReferenceRun run = integrate(flip_flop(2.0), Vector::Zero(2), {});
  EXPECT_EQ(run.reason, EndReason::settled);
  EXPECT_EQ(run.t_final, 0.0);
  EXPECT_EQ(run.steps, 0U);
}

TEST(Integrate, WorksInSecondsAsInTimeConstants) {
  Circuit c = flip_flop(2.0);
  const ReferenceRun plain = integrate(c, (Vector(2) << 0.3, -0.2).finished(), {});
  c.tau *= 1e-6;
  const ReferenceRun seconds = integrate(c, (Vector(2) << 0.3, -0.2).finished(), {});
  EXPECT_EQ(seconds.reason, EndReason::settled);
  EXPECT_NEAR(seconds.settle_time * 1e6, plain.settle_time, 1e-9 * plain.settle_time);
}

TEST(Integrate, CallsANonFiniteStateDiverged) {
  Circuit c = flip_flop(2.0);
  c.weights *= 1e308;
  c.bias.setConstant(1e308);
  const ReferenceRun run = integrate(c, Vector::Constant(2, 0.5), {});
  EXPECT_EQ(run.reason, EndReason::diverged);
  EXPECT_STREQ(to_string(run.reason), "diverged");
}

TEST(Integrate, RefusesAStateOfAnotherSizeAndAnEndlessRun) {
  EXPECT_THROW(integrate(flip_flop(2.0), Vector::Zero(3), {}), std::invalid_argument);
  ReferenceOptions endless;
  endless.stop_when_settled = false;
  EXPECT_THROW(integrate(flip_flop(2.0), Vector::Zero(2), endless), std::invalid_argument);
}

}  // namespace
}  // namespace basin
