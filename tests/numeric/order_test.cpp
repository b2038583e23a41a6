#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <cstdio>

#include "models/fixed/real_number.hpp"
#include "models/fixed/stepper.hpp"
#include "models/ode/reference.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

constexpr double t_end = 1.0;
constexpr int coarsest = 5, finest = 9;   // K

/// The state at t_end of the step's template in double, h = 2^−K.
Vector stepped(const Circuit& circuit, const Vector& u0, int order, int exponent) {
  Stepper<RealNumber> stepper{RealNumber(circuit, std::ldexp(1.0, -exponent), order)};
  stepper.load(std::vector<double>(u0.begin(), u0.end()));
  const auto steps = static_cast<int>(std::ldexp(t_end / circuit.tau.minCoeff(), exponent));
  for (int k = 0; k < steps; ++k) stepper.step();
  return Eigen::Map<const Vector>(stepper.state().data(), u0.size());
}

/// Least-squares slope of log2(error) against log2(h).
double order_of(const Circuit& circuit, const Vector& u0, const Vector& exact, int order, const char* what) {
  constexpr int points = finest - coarsest + 1;
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (int exponent = coarsest; exponent <= finest; ++exponent) {
    const double x = -exponent;
    const double y = std::log2((stepped(circuit, u0, order, exponent) - exact).cwiseAbs().maxCoeff());
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const double slope = (points * sxy - sx * sy) / (points * sxx - sx * sx);
  std::printf("order %d, %s: slope %.4f over h = 1/%d to 1/%d\n", order, what, slope, 1 << coarsest, 1 << finest);
  return slope;
}

Vector reference(const Circuit& circuit, const Vector& u0) {
  ReferenceOptions options;
  options.rtol = 1e-12;
  options.atol = 1e-14;
  options.t_end = t_end;
  options.stop_when_settled = false;
  options.record_energy = false;
  return integrate(circuit, u0, options).u;
}

constexpr std::uint64_t seed = 1001;

// The outputs arrive from before the start, along the trajectory's first kink and after it: whole steps of every h. Order 2 costs
// a term of order 2 at each kink, none of order 1.
TEST(Order, IsOneAndTwoOnACircuitWithDelays) {
  Random random(seed, Stream::test, 7);
  constexpr Index n = 6;
  Circuit circuit = test::circuit_of(test::gaussian(n, random), 2.0);
  circuit.delay = Eigen::VectorXd::LinSpaced(n, 0.0, 0.625);   // multiples of 1/8
  const Vector u0 = test::uniform_state(n, 1.0, random);
  const Vector exact = reference(circuit, u0);
  EXPECT_NEAR(order_of(circuit, u0, exact, 1, "delays"), 1.0, 0.1);
  EXPECT_NEAR(order_of(circuit, u0, exact, 2, "delays"), 2.0, 0.1);
}

/// u(t) = u* + exp((W − 1)t)(u0 − u*) while every |u| stays in the linear range of clamp(u, −1, 1).
TEST(Order, IsOneAndTwoOnALinearCircuitWithAClosedForm) {
  Random random(seed, Stream::test, 0);
  constexpr Index n = 5;
  Circuit circuit = test::circuit_of(0.4 * test::gaussian(n, random), 1.0, ActivationKind::clipped_linear);
  circuit.bias = test::uniform_state(n, 0.1, random);
  const Vector u0 = test::uniform_state(n, 0.5, random);
  const Matrix a = circuit.weights - Matrix::Identity(n, n);
  const Vector rest = -a.lu().solve(circuit.bias);
  const Eigen::SelfAdjointEigenSolver<Matrix> modes(a);
  const Vector decay = (modes.eigenvalues() * t_end).array().exp();
  const Vector exact =
      rest + modes.eigenvectors() * decay.asDiagonal() * modes.eigenvectors().transpose() * (u0 - rest);
  EXPECT_NEAR(order_of(circuit, u0, exact, 1, "linear"), 1.0, 0.1) << "seed " << seed;
  EXPECT_NEAR(order_of(circuit, u0, exact, 2, "linear"), 2.0, 0.1) << "seed " << seed;
}

TEST(Order, IsOneAndTwoOnATanhCircuit) {
  Random random(seed, Stream::test, 1);
  constexpr Index n = 16;
  Circuit circuit = test::circuit_of(test::gaussian(n, random), 4.0);
  circuit.bias = test::uniform_state(n, 0.2, random);
  const Vector u0 = test::uniform_state(n, 0.5, random);
  const Vector exact = reference(circuit, u0);
  EXPECT_NEAR(order_of(circuit, u0, exact, 1, "tanh, gain 4"), 1.0, 0.1) << "seed " << seed;
  EXPECT_NEAR(order_of(circuit, u0, exact, 2, "tanh, gain 4"), 2.0, 0.1) << "seed " << seed;
}

TEST(Order, IsOneAndTwoWithUnequalTimeConstantsAndGains) {
  Random random(seed, Stream::test, 2);
  constexpr Index n = 8;
  Circuit circuit = test::circuit_of(test::gaussian(n, random), 1.0);
  for (Index i = 0; i < n; ++i) {
    circuit.tau[i] = 0.5 + 0.25 * static_cast<double>(i);   // τ_min = ½, so that t_end is a whole number of steps
    circuit.gain[i] = 1.0 + 3.0 * random.uniform();
  }
  const Vector u0 = test::uniform_state(n, 0.5, random);
  const Vector exact = reference(circuit, u0);
  EXPECT_NEAR(order_of(circuit, u0, exact, 1, "unequal tau and gain"), 1.0, 0.1) << "seed " << seed;
  EXPECT_NEAR(order_of(circuit, u0, exact, 2, "unequal tau and gain"), 2.0, 0.1) << "seed " << seed;
}

}  // namespace
}  // namespace basin
