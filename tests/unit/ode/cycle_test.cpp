#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "models/ode/reference.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

/// n inverters in a ring: n odd.
Circuit ring(Index n, double gain, ActivationKind kind = ActivationKind::tanh) {
  Matrix w = Matrix::Zero(n, n);
  for (Index i = 0; i < n; ++i) w((i + 1) % n, i) = -1.0;
  return test::plain_circuit(w, gain, kind);
}

Vector start(Index n) {
  Vector u(n);
  for (Index i = 0; i < n; ++i) u[i] = 0.4 * std::cos(static_cast<double>(2 * i));
  return u;
}

TEST(Oscillation, PeriodAtTheDefaultToleranceIsGoodTo1e6) {
  const ReferenceRun run = integrate(ring(3, 4.0), start(3), {});
  ASSERT_EQ(run.reason, EndReason::oscillating);
  EXPECT_NEAR(run.period.value() / 3.3751363486836654, 1.0, 1e-6);  // DOP853 at 1e-11: tests/data/ring_osc
}

TEST(Oscillation, JustAboveTheHopfGainThePeriodIsThatOfTheLinearMode) {
  // Ring of three: Hopf at gain 2 with ω = √3; the cycle's period meets 2π/√3 there to first order in the excess.
  const ReferenceRun run = integrate(ring(3, 2.02), start(3), {});
  ASSERT_EQ(run.reason, EndReason::oscillating);
  EXPECT_NEAR(run.period.value() / (2.0 * std::numbers::pi / std::sqrt(3.0)), 1.0, 0.01);
}

TEST(Oscillation, ASlowSpiralIntoTheOriginIsNotACycle) {
  const ReferenceRun run = integrate(ring(3, 1.97), start(3), {});
  EXPECT_EQ(run.reason, EndReason::settled);
  EXPECT_FALSE(run.period.has_value());
}

TEST(Oscillation, PeriodScalesWithTheTimeConstant) {
  Circuit c = ring(5, 3.0);
  c.tau *= 2e-9;
  const ReferenceRun run = integrate(c, start(5), {});
  ASSERT_EQ(run.reason, EndReason::oscillating);
  EXPECT_NEAR(run.period.value() / (2e-9 * 7.496341115498654), 1.0, 1e-6);  // tests/data/ring_osc
}

TEST(Oscillation, RunsOnToTheLastSample) {
  ReferenceOptions options;
  options.sample_times = {1.0, 600.0};
  options.t_end = 700.0;
  const ReferenceRun run = integrate(ring(3, 4.0), start(3), options);
  EXPECT_EQ(run.reason, EndReason::oscillating);
  EXPECT_EQ(run.times.size(), 2U);
  EXPECT_GE(run.t_final, 600.0);
}

TEST(HardUnits, SwitchWhereTheClosedFormSays) {
  // u0 = (0.5, −0.2): V = (1, −1), so u2 = 1 − 1.2 e^(−t) rises through 0 at ln 1.2; from there both go to (1, 1).
  const Circuit c = test::plain_circuit((Matrix(2, 2) << 0.0, 1.0, 1.0, 0.0).finished(), 1.0, ActivationKind::hard);
  ReferenceOptions options;
  options.sample_times = {0.1, 1.0};
  const ReferenceRun run = integrate(c, (Vector(2) << 0.5, -0.2).finished(), options);
  ASSERT_EQ(run.reason, EndReason::settled);
  EXPECT_NEAR(run.samples(0, 0), -1.0 + 1.5 * std::exp(-0.1), 1e-14);
  const double at_switch = -1.0 + 1.5 / 1.2;
  EXPECT_NEAR(run.samples(1, 0), 1.0 + (at_switch - 1.0) * 1.2 * std::exp(-1.0), 1e-14);
  EXPECT_NEAR(run.settle_time, std::log(1.2), 1e-9);
  EXPECT_NEAR(run.u[0], 1.0, 1e-6);
}

TEST(HardUnits, ARingOfThreeComparatorsHasPeriodSixLogGoldenRatio) {
  // u leaves x for −1 when its input switches and crosses 0 after ln(1 + x); three such delays make half a period, and
  // symmetry asks (1 + x)² (1 − x) = 1: x = (√5 − 1)/2, T = 6 ln((1 + √5)/2).
  const ReferenceRun run = integrate(ring(3, 1.0, ActivationKind::hard), start(3), {});
  ASSERT_EQ(run.reason, EndReason::oscillating);
  EXPECT_NEAR(run.period.value(), 6.0 * std::log(std::numbers::phi), 1e-9);
}

TEST(HardUnits, EnergyFallsAtEverySwitch) {
  const Circuit c = test::plain_circuit((Matrix(3, 3) << 0.0, 1.0, -0.5, 1.0, 0.0, 0.7, -0.5, 0.7, 0.0).finished(), 1.0,
                                        ActivationKind::hard);
  const ReferenceRun run = integrate(c, (Vector(3) << 0.3, -0.2, -0.1).finished(), {});
  EXPECT_EQ(run.reason, EndReason::settled);
  EXPECT_LE(run.largest_energy_rise, 1e-12);
  EXPECT_TRUE(polish(c, run.u).converged);
}

TEST(HardUnits, ASlidingStateStaysWithinItsChatter) {
  // W = −1: the unit fights itself at u = 0 and can neither leave nor rest.
  ReferenceOptions options;
  options.t_end = 5.0;
  options.keep_steps = true;
  options.stop_when_settled = false;
  const Circuit c = test::plain_circuit(Matrix::Constant(1, 1, -1.0), 1.0, ActivationKind::hard);
  const ReferenceRun run = integrate(c, Vector::Constant(1, 0.5), options);
  EXPECT_EQ(run.t_final, 5.0);
  EXPECT_NE(run.reason, EndReason::settled);
  EXPECT_LE(std::abs(run.u[0]), 1.1e-3);  // the dwell, 1e-3 τ, times the largest rate, 1 + |u|
}

}  // namespace
}  // namespace basin
