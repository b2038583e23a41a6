#include "models/certify/ode_step.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <unsupported/Eigen/MatrixFunctions>

#include "models/certify/comparison.hpp"
#include "models/certify/rest.hpp"
#include "models/design/random.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

constexpr std::uint64_t seed = 77;

Vector random_vector(Index n, Random& random, double size) {
  Vector x(n);
  for (double& value : x) value = size * random.normal();
  return x;
}

// MPFI's sum of the same products is certain too: the two must meet, and the ball holds it where it is not at its own edge.
TEST(Balls, HoldWhatMpfiSaysOfProductsAndSums) {
  Random random(seed, Stream::test, 0);
  constexpr Index n = 40;
  const Matrix w = test::gaussian(n, random);
  const Balls x(random_vector(n, random, 1.0), random_vector(n, random, 1e-9).cwiseAbs());
  const Balls sum = product(w, w.cwiseAbs(), x), twice = x * x + x - 3.0 * x;
  for (Index i = 0; i < n; ++i) {
    Interval exact = 0.0;
    for (Index j = 0; j < n; ++j) exact += Interval(w(i, j)) * x.at(j);
    EXPECT_LE((exact - sum.mid[i]).magnitude(), sum.rad[i] * (1 + 1e-9) + 1e-13);
    EXPECT_TRUE(Interval(exact.lower() - 1e-13, exact.upper() + 1e-13).holds(sum.at(i)));
    const Interval low = x.at(i).lower(), value = low * low + low - 3.0 * low;
    EXPECT_TRUE(twice.at(i).holds(value));
  }
}

TEST(Balls, AreNotFiniteWhereTheReciprocalIsNot) {
  EXPECT_FALSE(reciprocal(Balls(Vector::Constant(1, 0.5), Vector::Constant(1, 0.6))).is_finite());
  const Balls third = reciprocal(Balls(Vector(Vector::Constant(1, 3.0))));
  EXPECT_TRUE(third.at(0).holds(Interval(1.0) / 3.0));
}

/// The state after h by classic Runge–Kutta in long double, 4,096 steps: an error below 1e-17 for |λ u̇| of a few units.
Vector integrated(const Circuit& circuit, const Vector& u0, double h) {
  using Wide = Eigen::Matrix<long double, Eigen::Dynamic, 1>;
  using WideMatrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
  const WideMatrix w = circuit.weights.cast<long double>();
  const long double pi = 3.14159265358979323846264338327950288L;
  const auto g = [&](const Activation& a, long double z) -> long double {
    switch (a.kind()) {
      case ActivationKind::tanh: return std::tanh(z);
      case ActivationKind::erf: return std::erf(std::sqrt(pi) / 2 * z);
      case ActivationKind::algebraic: return z / std::sqrt(1 + z * z);
      case ActivationKind::arctan: return 2 / pi * std::atan(pi / 2 * z);
      case ActivationKind::power: return 2 * std::pow(z, static_cast<long double>(a.exponent())) - 1;
      default: return z;
    }
  };
  const auto rate = [&](const Wide& u) {
    Wide v(u.size());
    for (Index i = 0; i < u.size(); ++i) v[i] = g(circuit.activation.of(i), static_cast<long double>(circuit.gain[i]) * u[i]);
    const Wide drive = w * v - u + circuit.bias.cast<long double>();
    return Wide(drive.cwiseQuotient(circuit.tau.cast<long double>()));
  };
  Wide u = u0.cast<long double>();
  constexpr int steps = 4096;
  const long double part = static_cast<long double>(h) / steps;
  for (int k = 0; k < steps; ++k) {
    const Wide a = rate(u), b = rate(u + part / 2 * a), c = rate(u + part / 2 * b), d = rate(u + part * c);
    u += part / 6 * (a + 2 * b + 2 * c + d);
  }
  return u.cast<double>();
}

void expect_step(const Circuit& circuit, const Vector& u0, double h) {
  const CircuitField field(circuit);
  const OdeStep step = ode_step(field, Balls(u0), h, {.resolution = 1e-11});
  ASSERT_TRUE(step.proved);
  EXPECT_GE(step.order, 4);
  EXPECT_LE(step.end.rad.maxCoeff(), 1e-11);
  const Vector end = integrated(circuit, u0, h), halfway = integrated(circuit, u0, 0.5 * h);
  EXPECT_TRUE(((end - step.end.mid).cwiseAbs().array() <= step.end.rad.array() + 1e-16).all());
  EXPECT_TRUE(((halfway - step.path.mid).cwiseAbs().array() <= step.path.rad.array()).all());
}

TEST(OdeStep, HoldsTheSolutionForEverySmoothActivation) {
  Random random(seed, Stream::test, 1);
  for (const ActivationKind kind : {ActivationKind::tanh, ActivationKind::erf, ActivationKind::algebraic, ActivationKind::arctan}) {
    for (int draw = 0; draw < 3; ++draw) {
      Circuit circuit = test::circuit_of(0.5 * test::gaussian(6, random), 3.0, kind);
      circuit.tau[2] = 1.75;
      circuit.gain[4] = 0.8;
      expect_step(circuit, random_vector(6, random, 0.4), 1.0 / 16);
    }
  }
}

TEST(OdeStep, HoldsTheSolutionOfPowerUnitsWithinTheirRise) {
  Circuit circuit = test::circuit_of(Matrix::Constant(2, 2, 0.1), 1.0, ActivationKind::tanh);
  circuit.activation = Activations(Activation::power(3.0));
  expect_step(circuit, Vector::Constant(2, 0.5), 1.0 / 16);
}

// u(h) = exp((W − 1)h) u0 within the linear part of clipped-linear units.
TEST(OdeStep, HoldsTheClosedFormOfALinearCircuit) {
  Random random(seed, Stream::test, 2);
  const Circuit circuit = test::circuit_of(0.3 * test::gaussian(5, random), 1.0, ActivationKind::clipped_linear);
  const Vector u0 = random_vector(5, random, 0.1);
  const double h = 0.125;
  const OdeStep step = ode_step(CircuitField(circuit), Balls(u0), h, {.resolution = 1e-12});
  ASSERT_TRUE(step.proved);
  const Eigen::MatrixXd generator = h * (Eigen::MatrixXd(circuit.weights) - Eigen::MatrixXd::Identity(5, 5));
  const Vector exact = generator.exp() * u0;
  EXPECT_TRUE(((exact - step.end.mid).cwiseAbs().array() <= step.end.rad.array() + 1e-15).all());
}

// u̇ = −u + clamp(2u, ±1) from 0.45: u = 0.45 e^t up to 0.5, then 1 − 0.5 e^(t′−t), t′ = ln(0.5/0.45).
TEST(OdeStep, HoldsTheSolutionAcrossACorner) {
  const Circuit circuit = test::circuit_of(Matrix::Constant(1, 1, 1.0), 2.0, ActivationKind::clipped_linear);
  const double h = 0.25, at = std::log(0.5 / 0.45), exact = 1.0 - 0.5 * std::exp(at - h);
  const OdeStep step = ode_step(CircuitField(circuit), Balls(Vector(Vector::Constant(1, 0.45))), h, {.resolution = 1e-10});
  ASSERT_TRUE(step.proved);
  EXPECT_EQ(step.order, 1);
  EXPECT_LE(std::abs(exact - step.end.mid[0]), step.end.rad[0]);
  EXPECT_LT(step.end.rad[0], 1e-3);
}

Matrix random_comparison(Index n, Random& random) {
  Matrix a = test::gaussian(n, random).cwiseAbs();
  for (Index i = 0; i < n; ++i) a(i, i) = -1.0 - 3.0 * random.uniform();
  return a;
}

// Eigen's scaling and squaring of a Padé approximant.
TEST(ExponentialBound, IsAboveTheMatrixExponentialAndHardlySo) {
  Random random(seed, Stream::test, 3);
  for (const double h : {0.01, 0.1, 1.0}) {
    const Matrix a = random_comparison(12, random);
    const Vector x = random_vector(12, random, 1.0).cwiseAbs();
    const Vector exact = Eigen::MatrixXd(h * Eigen::MatrixXd(a)).exp() * x, bound = exponential_bound(a, h, x);
    EXPECT_TRUE((bound.array() >= exact.array() * (1 - 1e-13)).all());
    EXPECT_LE((bound - exact).maxCoeff(), 1e-6 * exact.maxCoeff());
  }
}

// Two solutions that start a radius apart stay within what is proved of their distance.
TEST(ComparisonGrowth, HoldsTheDistanceOfTwoSolutions) {
  Random random(seed, Stream::test, 4);
  for (int draw = 0; draw < 10; ++draw) {
    Circuit circuit = test::circuit_of(0.7 * test::gaussian(5, random), 3.0, ActivationKind::tanh);
    circuit.weights(1, 1) = -1.5;   // pulls back: counts with its sign
    const double h = 0.125;
    const Vector u0 = random_vector(5, random, 0.3), apart = random_vector(5, random, 0.01);
    const CircuitField field(circuit);
    const OdeStep step = ode_step(field, Balls(u0), h, {.resolution = 1e-10});
    const Growth growth = comparison_growth(field, step.path, apart.cwiseAbs(), h);
    ASSERT_TRUE(growth.proved);
    const Vector distance = (integrated(circuit, u0 + apart, h) - integrated(circuit, u0, h)).cwiseAbs();
    EXPECT_TRUE((distance.array() <= growth.after.array() * (1 + 1e-12)).all());
    EXPECT_TRUE((distance.array() <= growth.reach.array()).all());
  }
}

// One unit, u̇ = −u + w tanh(u) + b: the equilibrium is as far from u* as bisection says.
TEST(FindRest, HoldsTheEquilibriumNearAState) {
  Circuit circuit = test::circuit_of(Matrix::Constant(1, 1, 0.5), 1.0, ActivationKind::tanh);
  circuit.bias[0] = 0.25;
  double low = 0.0, high = 2.0;
  for (int k = 0; k < 100; ++k) {
    const double u = 0.5 * (low + high);
    (-u + 0.5 * std::tanh(u) + 0.25 > 0.0 ? low : high) = u;
  }
  const Vector near = Vector::Constant(1, low + 0.001);
  const Rest rest = find_rest(CircuitField(circuit), near, Vector::Constant(1, 0.003), 0x1p-20);
  ASSERT_TRUE(rest.proved);
  EXPECT_GE(rest.stay[0], 0.003);
  EXPECT_GE(rest.limits.back()[0], 0.001);
  EXPECT_LE(rest.limits.back()[0], 0.00101);
}

TEST(FindRest, IsRefusedAtASaddle) {
  const Circuit circuit = test::circuit_of(Matrix::Constant(1, 1, 1.0), 2.0, ActivationKind::tanh);
  EXPECT_FALSE(find_rest(CircuitField(circuit), Vector::Zero(1), Vector::Constant(1, 1e-6), 0x1p-30).proved);
}

}  // namespace
}  // namespace basin
