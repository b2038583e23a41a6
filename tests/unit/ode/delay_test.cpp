#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "models/ode/delayed_system.hpp"
#include "models/ode/path.hpp"
#include "models/ode/reference.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

/// One neuron that drives itself, u̇ = −u + w u(t − 1), as long as |u| < 1.
Circuit linear(double w) {
  Circuit c = test::plain_circuit(Matrix::Constant(1, 1, w), 1.0, ActivationKind::clipped_linear);
  c.delay = Vector::Ones(1);
  return c;
}

/// Its solution from u = a for t ≤ 0, by the method of steps, for 0 ≤ t ≤ 3.
double linear_solution(double w, double a, double t) {
  const auto first = [&](double s) { return w * a + (a - w * a) * std::exp(-s); };
  const double c = first(1.0) - w * w * a;
  const auto second = [&](double s) { return w * w * a + (w * (1.0 - w) * a * s + c) * std::exp(-s); };
  const double d = second(1.0) - w * w * w * a;
  const auto third = [&](double s) {
    return w * w * w * a + (0.5 * w * w * (1.0 - w) * a * s * s + w * c * s + d) * std::exp(-s);
  };
  return t <= 1.0 ? first(t) : t <= 2.0 ? second(t - 1.0) : third(t - 2.0);
}

ReferenceOptions tight(std::vector<double> times) {
  ReferenceOptions options;
  options.rtol = 1e-12;
  options.atol = 1e-14;
  options.t_end = times.back();
  options.sample_times = std::move(times);
  options.stop_when_settled = false;
  return options;
}

TEST(Delay, FollowsTheMethodOfStepsOfALinearEquation) {
  std::vector<double> times;
  for (int i = 0; i <= 60; ++i) times.push_back(0.05 * i);
  const ReferenceRun run = integrate(linear(-0.8), Vector::Constant(1, 0.5), tight(times));
  for (std::size_t k = 0; k < times.size(); ++k) {
    EXPECT_NEAR(run.samples(static_cast<Index>(k), 0), linear_solution(-0.8, 0.5, times[k]), 1e-11) << times[k];
  }
}

TEST(Delay, OfEachNeuronAndOfNoneAtAllIsItsOwn) {
  const nlohmann::json expected = test::read_json(test::data() / "delay" / "unequal.json");
  const auto vector = [&](const nlohmann::json& list) {
    const auto values = list.get<std::vector<double>>();
    return Vector(Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size())));
  };
  Matrix w(3, 3);
  for (Index i = 0; i < 3; ++i) w.row(i) = vector(expected.at("W").at(static_cast<std::size_t>(i)));
  Circuit c = test::plain_circuit(w, 1.0);
  c.bias = vector(expected.at("b"));
  c.tau = vector(expected.at("tau"));
  c.gain = vector(expected.at("gain"));
  c.delay = vector(expected.at("delay"));
  const auto times = expected.at("t").get<std::vector<double>>();
  const ReferenceRun run = integrate(c, vector(expected.at("u0")), tight(times));
  for (std::size_t k = 0; k < times.size(); ++k) {
    const Vector u = run.samples.row(static_cast<Index>(k));
    EXPECT_LE((u - vector(expected.at("u").at(k))).cwiseAbs().maxCoeff(), 1e-10) << times[k];
  }
}

TEST(Delay, HalvingTheStepDividesTheErrorBy32) {
  Circuit c = test::plain_circuit((Matrix(2, 2) << 0.5, -1.2, 1.4, 0.3).finished(), 2.0);
  c.delay = (Vector(2) << 0.5, 0.75).finished();
  const Vector u0 = (Vector(2) << 0.3, -0.2).finished();
  const Vector exact = integrate(c, u0, tight({4.0})).u;
  const auto error = [&](int steps_a_unit) {
    System system(c);
    // Tolerances that accept everything: the step is what is left of the limit.
    const auto path = make_smooth_path(system, c.delay, State(u0.begin(), u0.end()), 1e3, 1e3);
    for (int k = 1; k <= 4 * steps_a_unit; ++k) path->advance(static_cast<double>(k) / steps_a_unit);
    return std::hypot(path->u()[0] - exact[0], path->u()[1] - exact[1]);
  };
  const double coarse = error(16), fine = error(32);
  EXPECT_GT(fine, 1e-12);                                   // above the reference's own error
  EXPECT_NEAR(std::log2(coarse / fine), 5.0, 0.3);
}

TEST(Delay, StepsEndWhereADerivativeOfTheStateJumps) {
  Circuit c = test::plain_circuit(Matrix::Zero(2, 2), 1.0);
  c.delay = (Vector(2) << 0.5, 0.7).finished();
  System system(c);
  const auto path = make_smooth_path(system, c.delay, State(2, 0.5), 1e3, 1e3);   // tolerances that ask for no step
  std::vector<double> ends;
  while (path->t() < 6.0) {                                                       // beyond 3.5 no jump ends a step
    path->advance(6.0);
    ends.push_back(path->t());
    EXPECT_LE(path->t() - path->t_old(), 0.5 + 1e-12);                            // the least delay
  }
  for (const double jump : {0.5, 0.7, 1.0, 1.2, 1.4, 1.5, 1.7, 1.9, 2.1, 2.5, 2.7, 2.9, 3.1, 3.3, 3.5}) {   // 1 to 5 delays
    EXPECT_TRUE(std::any_of(ends.begin(), ends.end(), [&](double t) { return std::abs(t - jump) < 1e-9; })) << jump;
  }
}

TEST(Delay, SettlesWhereTheCircuitWithoutDelayDoesWhenItIsShort) {
  Circuit c = test::plain_circuit((Matrix(2, 2) << 0.0, 1.0, 1.0, 0.0).finished(), 2.0);
  const Vector u0 = (Vector(2) << 0.3, -0.1).finished();
  const Vector end = integrate(c, u0, {}).u;
  c.delay = Vector::Constant(2, 0.25);
  const ReferenceRun run = integrate(c, u0, {});
  EXPECT_EQ(run.reason, EndReason::settled);
  EXPECT_LE((run.u - end).cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_EQ(run.largest_energy_rise, -1.0);
}

TEST(Delay, AStandstillShorterThanTheDelayIsNoRest) {
  // u̇ = −u + V₂(t − 3), and V₂ leaves its threshold late: neuron 1 stands still at 0 until the news arrives.
  Circuit c = test::plain_circuit((Matrix(2, 2) << 0.0, 1.0, 0.0, 0.0).finished(), 1.0);
  c.bias << -std::tanh(1.0), 0.0;
  c.delay = (Vector(2) << 0.0, 3.0).finished();
  c.tau << 1.0, 1e-2;                                       // neuron 2 has fallen to 0 long before
  const ReferenceRun run = integrate(c, (Vector(2) << 0.0, 1.0).finished(), {});
  EXPECT_EQ(run.reason, EndReason::settled);
  EXPECT_GT(run.t_final, 3.0);
  EXPECT_NEAR(run.u[0], -std::tanh(1.0), 1e-6);
}

TEST(Delay, ADecayingSpiralIsNoCycle) {
  // u̇ = −u − 2 tanh u(t − d): Hopf at d = (π − atan √3)/√3 = 1.2092.
  Circuit c = test::plain_circuit(Matrix::Constant(1, 1, -2.0), 1.0);
  c.delay = Vector::Constant(1, 1.15);
  EXPECT_EQ(integrate(c, Vector::Constant(1, 0.3), {}).reason, EndReason::settled);
  ReferenceOptions loose;                                   // at which its returns to a level are as good as equally long
  loose.rtol = 1e-5;
  c.delay = Vector::Constant(1, 1.19);
  EXPECT_NE(integrate(c, Vector::Constant(1, 0.3), loose).reason, EndReason::oscillating);
  c.delay = Vector::Constant(1, 1.25);
  EXPECT_EQ(integrate(c, Vector::Constant(1, 0.3), {}).reason, EndReason::oscillating);
}

TEST(Delay, ScalesWithTheTimeConstant) {
  Circuit c = test::plain_circuit(Matrix::Constant(1, 1, -2.0), 2.0);
  c.delay = Vector::Constant(1, 1.0);
  const double period = integrate(c, Vector::Constant(1, 0.3), {}).period.value();
  c.tau *= 1e-7;
  c.delay *= 1e-7;
  EXPECT_NEAR(integrate(c, Vector::Constant(1, 0.3), {}).period.value() / (1e-7 * period), 1.0, 1e-7);
}

TEST(Delay, HardUnitsHaveNone) {
  Circuit c = test::plain_circuit(Matrix::Constant(1, 1, -1.0), 1.0, ActivationKind::hard);
  c.delay = Vector::Ones(1);
  EXPECT_THROW(integrate(c, Vector::Ones(1), {}), std::invalid_argument);
}

}  // namespace
}  // namespace basin
