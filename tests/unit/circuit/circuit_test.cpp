#include "models/circuit/circuit.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/design/error.hpp"
#include "models/design/random.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

constexpr std::uint64_t seed = 11;

Matrix random_matrix(Random& random, Index n, bool symmetric) {
  Matrix m(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) m(i, j) = random.normal();
  }
  return symmetric ? Matrix(0.5 * (m + m.transpose())) : m;
}

Vector random_vector(Random& random, Index n, double low, double high) {
  Vector v(n);
  for (Index i = 0; i < n; ++i) v[i] = low + (high - low) * random.uniform();
  return v;
}

/// Unequal everything, some units in (0, 1).
Circuit mixed_circuit(Random& random, Index n) {
  Circuit c = test::plain_circuit(random_matrix(random, n, false), 1.0);
  c.bias = random_vector(random, n, -1.0, 1.0);
  c.tau = random_vector(random, n, 0.5, 2.0);
  c.resistance = random_vector(random, n, 0.5, 2.0);
  c.gain = random_vector(random, n, 0.5, 3.0);
  c.threshold = random_vector(random, n, -0.4, 0.4);
  for (Index i = 0; i < n; i += 3) c.unipolar[static_cast<std::size_t>(i)] = true;
  return c;
}

Design physical_pair() {
  Design design;
  design.file = "pair.toml";
  design.circuit.capacitance = Vector::Constant(2, 10e-12);
  design.circuit.resistance = Vector::Constant(2, 1e5);
  design.circuit.bias = (Vector(2) << 1e-6, 0.0).finished();
  design.circuit.gain = Vector::Constant(2, 4.0);
  Matrix t(2, 2);
  t << 0.0, 2e-5, -1e-5, 0.0;
  design.circuit.weights = t;
  return design;
}

TEST(MakeCircuit, TurnsConductancesAndCurrentsIntoNormalisedWeights) {
  const Circuit c = make_circuit(physical_pair());
  EXPECT_NEAR(c.weights(0, 1), 2.0, 1e-15);
  EXPECT_NEAR(c.weights(1, 0), -1.0, 1e-15);
  EXPECT_NEAR(c.bias[0], 0.1, 1e-16);
  EXPECT_NEAR(c.tau[0], 1e-6, 1e-21);
}

TEST(MakeCircuit, AmplifierResistanceAddsTheConductancesOfTheRow) {
  Design design = physical_pair();
  design.circuit.resistance = Vector();
  design.circuit.input_resistance = Vector::Constant(2, 1e5);
  const Circuit c = make_circuit(design);
  EXPECT_NEAR(c.resistance[0], 1.0 / (1e-5 + 2e-5), 1e-9);  // 1/R = 1/ρ + Σ|T|
  EXPECT_NEAR(c.resistance[1], 1.0 / (1e-5 + 1e-5), 1e-9);
  EXPECT_NEAR(c.weights(0, 1), 2.0 / 3.0, 1e-14);
  EXPECT_NEAR(c.bias[0], 1e-6 * c.resistance[0], 1e-18);
}

TEST(MakeCircuit, LearnedWeightsAreRealisedAroundAnAmplifierResistance) {
  Design design = physical_pair();
  design.circuit.resistance = Vector();
  design.circuit.input_resistance = Vector::Constant(2, 1e5);
  Matrix w(2, 2);
  w << 0.0, 0.75, -0.5, 0.0;
  const Circuit c = make_circuit(design, w, Vector::Zero(2));
  for (Index i = 0; i < 2; ++i) {  // the defining equation, with T = W/R
    const double conductances = c.weights.row(i).cwiseAbs().sum() / c.resistance[i];
    EXPECT_NEAR(1.0 / c.resistance[i], 1e-5 + conductances, 1e-19);
  }
}

TEST(MakeCircuit, RefusesLearnedWeightsThatNoAmplifierResistanceLeavesRoomFor) {
  Design design = physical_pair();
  design.circuit.resistance = Vector();
  design.circuit.input_resistance = Vector::Constant(2, 1e5);
  Matrix w(2, 2);
  w << 0.0, 1.25, 0.5, 0.0;
  try {
    make_circuit(design, w, Vector::Zero(2));
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("row 0"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("1.25"), std::string::npos) << error.what();
  }
}

TEST(MakeCircuit, AddsTheDesignsOwnBiasToTheLearnedOne) {
  Design design = physical_pair();
  const Circuit c = make_circuit(design, Matrix::Zero(2, 2), Vector::Constant(2, 0.5));
  EXPECT_NEAR(c.bias[0], 0.6, 1e-15);
  EXPECT_NEAR(c.bias[1], 0.5, 1e-15);
}

TEST(MakeCircuit, LogisticUnitsAreUnipolarTanhUnits) {
  Design design = physical_pair();
  design.circuit.activation = ActivationKind::logistic;
  const Circuit c = make_circuit(design);
  const Vector u = Vector::Constant(2, 0.3);
  EXPECT_NEAR(outputs(c, u)[0], 1.0 / (1.0 + std::exp(-2.0 * 4.0 * 0.3)), 1e-15);
}

TEST(ToCore, KeepsEveryTrajectoryWithShiftedStatesAndScaledOutputs) {
  Random random(seed, Stream::test, 1);
  SCOPED_TRACE("seed 11");
  for (int trial = 0; trial < 20; ++trial) {
    const Circuit c = mixed_circuit(random, 7);
    const Circuit core = to_core(c);
    const Vector u = random_vector(random, 7, -2.0, 2.0);
    const Vector shifted = u - c.threshold;
    EXPECT_LE((drive(c, u) - drive(core, shifted)).cwiseAbs().maxCoeff(), 1e-13);  // same u̇ at matching states
    const Vector v = outputs(c, u);
    const Vector w = outputs(core, shifted);
    for (Index i = 0; i < 7; ++i) {
      EXPECT_NEAR(w[i], c.unipolar[static_cast<std::size_t>(i)] ? 2.0 * v[i] - 1.0 : v[i], 1e-14);
    }
    EXPECT_TRUE(core.threshold.isZero());
    EXPECT_EQ(core.tau, c.tau);
    EXPECT_EQ(core.gain, c.gain);
  }
}

TEST(Energy, HasTheDriveAsItsGradientOverTheOutputs) {
  // ∂E/∂V_i = −C u̇_i = −drive_i/R_i for symmetric T, so dE/du_i = −drive_i V_i′/R_i; unequal R, thresholds, both ranges.
  Random random(seed, Stream::test, 2);
  SCOPED_TRACE("seed 11");
  Circuit c = mixed_circuit(random, 6);
  c.weights = c.resistance.asDiagonal() * random_matrix(random, 6, true);
  ASSERT_TRUE(is_symmetric(c));
  const Vector u = random_vector(random, 6, -1.0, 1.0);
  const double h = 1e-4;
  for (Index i = 0; i < 6; ++i) {
    const auto at = [&](double d) {
      Vector v = u;
      v[i] += d;
      return energy(c, v);
    };
    const double slope = (8.0 * (at(h) - at(-h)) - (at(2.0 * h) - at(-2.0 * h))) / (12.0 * h);
    EXPECT_NEAR(slope, -drive(c, u)[i] * output_slopes(c, u)[i] / c.resistance[i], 1e-10);
  }
}

TEST(Energy, WithAKnownDriveIsTheSame) {
  Random random(seed, Stream::test, 3);
  SCOPED_TRACE("seed 11");
  const Circuit c = mixed_circuit(random, 6);
  const Vector u = random_vector(random, 6, -1.0, 1.0);
  EXPECT_EQ(energy(c, u), energy(c, u, drive(c, u)));
}

TEST(EnergyScale, IsTheSumOfConductancesAndCurrents) {
  const Circuit c = make_circuit(physical_pair());
  EXPECT_NEAR(energy_scale(c), 3e-5 + 1e-6, 1e-18);
}

TEST(Jacobian, IsTheDerivativeOfTheRates) {
  Random random(seed, Stream::test, 4);
  SCOPED_TRACE("seed 11");
  const Circuit c = mixed_circuit(random, 5);
  const Vector u = random_vector(random, 5, -1.0, 1.0);
  const Matrix j = jacobian(c, u);
  const double h = 1e-5;
  for (Index k = 0; k < 5; ++k) {
    Vector up = u;
    Vector down = u;
    up[k] += h;
    down[k] -= h;
    const Vector column = (drive(c, up) - drive(c, down)).cwiseQuotient(c.tau) / (2.0 * h);
    EXPECT_LE((j.col(k) - column).cwiseAbs().maxCoeff(), 1e-8);
  }
}

TEST(InvariantBound, IsTheLargestRowOfWeightsAndBias) {
  Circuit c = test::plain_circuit((Matrix(2, 2) << 0.0, -3.0, 1.0, 0.5).finished(), 1.0);
  c.bias << 0.25, -4.0;
  EXPECT_EQ(invariant_bound(c), 5.5);
}

TEST(Symmetriser, FindsTheScalingThatMadeASymmetricMatrixUneven) {
  Random random(seed, Stream::test, 5);
  SCOPED_TRACE("seed 11");
  const Matrix s = random_matrix(random, 9, true);
  const Vector scale = random_vector(random, 9, 0.2, 5.0);
  const Matrix w = scale.asDiagonal() * s;
  const Vector d = symmetriser(w);
  ASSERT_EQ(d.size(), 9);
  const Matrix scaled = d.asDiagonal() * w;
  EXPECT_LE((scaled - scaled.transpose()).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_GT(d.minCoeff(), 0.0);
}

TEST(Symmetriser, IsOnesForASymmetricMatrixEvenWhenItFallsApart) {
  Matrix w = Matrix::Zero(4, 4);
  w(0, 1) = w(1, 0) = -0.5;
  w(2, 2) = 1.0;
  EXPECT_EQ(symmetriser(w), Vector(Vector::Ones(4)));
}

TEST(Symmetriser, IsEmptyWithoutOne) {
  const Matrix one_way = (Matrix(2, 2) << 0.0, 1.0, 0.0, 0.0).finished();
  const Matrix opposite = (Matrix(2, 2) << 0.0, 1.0, -1.0, 0.0).finished();
  Matrix loop = Matrix::Ones(3, 3);  // d_0 W_01 W_12 W_20 ≠ d_0 W_02 W_21 W_10
  loop(0, 1) = 2.0;
  EXPECT_EQ(symmetriser(one_way).size(), 0);
  EXPECT_EQ(symmetriser(opposite).size(), 0);
  EXPECT_EQ(symmetriser(loop).size(), 0);
}

TEST(LeastEigenvalue, IsThatOfTheSymmetrisedMatrix) {
  // diag(1, 4) S with S = [[0, 1], [1, 0]]: eigenvalues ±2.
  const Matrix w = (Matrix(2, 2) << 0.0, 1.0, 4.0, 0.0).finished();
  EXPECT_NEAR(least_eigenvalue(w, symmetriser(w)), -2.0, 1e-14);
}

TEST(IsSymmetric, LooksAtConductancesNotAtNormalisedWeights) {
  Circuit c = test::plain_circuit((Matrix(2, 2) << 0.0, 2.0, 1.0, 0.0).finished(), 1.0);
  EXPECT_FALSE(is_symmetric(c));
  c.resistance << 2.0, 1.0;  // T = W/R = [[0, 1], [1, 0]]
  EXPECT_TRUE(is_symmetric(c));
}

}  // namespace
}  // namespace basin
