#include <gtest/gtest.h>

#include <cmath>

#include "models/circuit/circuit.hpp"
#include "models/design/random.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

Circuit flip_flop(double gain, ActivationKind kind = ActivationKind::tanh) {
  return test::plain_circuit((Matrix(2, 2) << 0.0, 1.0, 1.0, 0.0).finished(), gain, kind);
}

struct Row {
  double gain, v, slope, energy;
};

// Two-neuron flip-flop, W12 = W21 = 1: v = tanh(λv), g′ = λ(1 − v²), E* at ±v, solved with another program.
constexpr Row flip_flop_table[] = {{1.1, 0.5029405749, 0.82175586, -0.0121617964},
                                   {1.4, 0.8145285312, 0.47116058, -0.1144208035},
                                   {2.0, 0.9575040241, 0.16637209, -0.3265238874},
                                   {5.0, 0.9999091217, 0.00090874, -0.7227592956},
                                   {10.0, 0.9999999959, 0.00000008, -0.8613705641}};

TEST(Polish, FindsTheFlipFlopsTabulatedEquilibria) {
  for (const Row& row : flip_flop_table) {
    const Circuit c = flip_flop(row.gain);
    for (const double sign : {-1.0, 1.0}) {
      const Equilibrium end = polish(c, Vector::Constant(2, sign * 0.9), true);
      ASSERT_TRUE(end.converged) << row.gain;
      EXPECT_TRUE(end.stable);
      EXPECT_NEAR(outputs(c, end.u)[0], sign * row.v, 1e-10);
      EXPECT_NEAR(end.eigenvalues[0].real(), -1.0 + row.slope, 1e-8);
      EXPECT_NEAR(end.eigenvalues[1].real(), -1.0 - row.slope, 1e-8);
      EXPECT_NEAR(energy(c, end.u), row.energy, 1e-9);
    }
  }
}

TEST(Polish, FindsHopfields1984FlipFlop) {
  const Circuit c = flip_flop(1.4, ActivationKind::arctan);
  const Equilibrium end = polish(c, Vector::Constant(2, 0.8), true);
  ASSERT_TRUE(end.converged && end.stable);
  EXPECT_NEAR(outputs(c, end.u)[0], 0.5728729792, 1e-10);
  EXPECT_NEAR(1.0 + end.eigenvalues[0].real(), 0.54114018, 1e-8);
  EXPECT_NEAR(energy(c, end.u), -0.0530098346, 1e-10);
}

TEST(Polish, SeesThatTheOriginIsASaddleAboveTheCriticalGain) {
  const Equilibrium below = polish(flip_flop(0.95), Vector::Constant(2, 1e-3), true);
  const Equilibrium above = polish(flip_flop(1.05), Vector::Zero(2), true);
  EXPECT_TRUE(below.converged && below.stable);
  EXPECT_TRUE(above.converged);
  EXPECT_FALSE(above.stable);
  EXPECT_NEAR(above.eigenvalues[0].real(), 0.05, 1e-12);
  EXPECT_NEAR(above.eigenvalues[1].real(), -2.05, 1e-12);
  EXPECT_FALSE(polish(flip_flop(1.05), Vector::Zero(2)).stable);  // the Cholesky path agrees
}

TEST(Polish, CriticalGainOfASymmetricCircuitIsOneOverItsLargestEigenvalue) {
  Random random(5, Stream::test, 6);
  SCOPED_TRACE("seed 5");
  Matrix w(12, 12);
  for (Index i = 0; i < 12; ++i) {
    for (Index j = 0; j <= i; ++j) w(i, j) = w(j, i) = random.normal();
  }
  const double largest = -least_eigenvalue(-w, Vector::Ones(12));
  EXPECT_TRUE(polish(test::plain_circuit(w, 0.999 / largest), Vector::Zero(12)).stable);
  EXPECT_FALSE(polish(test::plain_circuit(w, 1.001 / largest), Vector::Zero(12)).stable);
}

TEST(Polish, StabilityByCholeskyAgreesWithTheEigenvalues) {
  // Symmetrisable but uneven W, unequal τ: polish() without eigenvalues factorises, with them it looks at their signs.
  Random random(6, Stream::test, 7);
  SCOPED_TRACE("seed 6");
  int stable = 0;
  for (int trial = 0; trial < 60; ++trial) {
    const Index n = 6;
    Matrix s(n, n);
    Vector d(n);
    for (Index i = 0; i < n; ++i) {
      d[i] = 0.3 + random.uniform();
      for (Index j = 0; j <= i; ++j) s(i, j) = s(j, i) = random.normal();
    }
    Circuit c = test::plain_circuit(d.asDiagonal() * s, 0.4);
    for (Index i = 0; i < n; ++i) c.tau[i] = 0.2 + random.uniform();
    const Equilibrium fast = polish(c, Vector::Zero(n));
    const Equilibrium slow = polish(c, Vector::Zero(n), true);
    EXPECT_EQ(fast.stable, slow.stable) << trial;
    stable += slow.stable ? 1 : 0;
  }
  EXPECT_GT(stable, 5);  // both kinds occur, or the test would say nothing
  EXPECT_LT(stable, 55);
}

TEST(Polish, SortsComplexEigenvaluesByFallingRealPart) {
  // Ring of three inverters at the origin: J = λW − 1 with eigenvalues −1 − λ e^{2πik/3}: −1 + λ/2 ± iλ√3/2 and −1 − λ.
  Matrix w = Matrix::Zero(3, 3);
  w(1, 0) = w(2, 1) = w(0, 2) = -1.0;
  const Equilibrium end = polish(test::plain_circuit(w, 1.0), Vector::Zero(3), true);
  ASSERT_TRUE(end.converged && end.stable);
  EXPECT_NEAR(end.eigenvalues[0].real(), -0.5, 1e-12);
  EXPECT_NEAR(std::abs(end.eigenvalues[0].imag()), std::sqrt(3.0) / 2.0, 1e-12);
  EXPECT_NEAR(end.eigenvalues[2].real(), -2.0, 1e-12);
}

TEST(Polish, ConvergesFromFarAway) {
  const Equilibrium end = polish(flip_flop(5.0), Vector::Constant(2, 40.0));
  EXPECT_TRUE(end.converged);
  EXPECT_LE(end.residual, 1e-13);
}

TEST(Polish, SaysSoWhenTheStartIsNotANumber) {
  EXPECT_FALSE(polish(flip_flop(2.0), Vector::Constant(2, std::nan(""))).converged);
}

TEST(Polish, OfHardUnitsIsTheConsistentVertex) {
  const Circuit c = flip_flop(1.0, ActivationKind::hard);
  const Equilibrium end = polish(c, (Vector(2) << -0.1, -0.2).finished(), true);
  EXPECT_TRUE(end.converged && end.stable);
  EXPECT_EQ(end.u, Vector(Vector::Constant(2, -1.0)));
  EXPECT_NEAR(end.eigenvalues[0].real(), -1.0, 1e-15);
  EXPECT_FALSE(polish(c, (Vector(2) << -0.1, 0.2).finished()).converged);  // W V = (1, −1): the signs disagree
}

}  // namespace
}  // namespace basin
