#include "models/circuit/factored_jacobian.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "models/circuit/delay_stability.hpp"
#include "models/design/random.hpp"

// Every value is compared with what the N × N matrix gives by LU and by the QR algorithm.
namespace basin {
namespace {

constexpr Index neurons = 40;
constexpr Index memories = 3;

/// A circuit with W as factors alone, its units' τ, λ, θ and ranges all different.
Circuit factored_circuit() {
  Random random(11, Stream::test, 0);
  const auto number = [&random] { return static_cast<double>(random.below(1000)) / 1000.0; };
  Matrix patterns(memories, neurons);
  for (double& entry : patterns.reshaped()) entry = random.sign();
  Matrix core = Matrix::Identity(memories, memories) / static_cast<double>(neurons);
  core(0, 1) = core(1, 0) = 0.2 / static_cast<double>(neurons);
  Factors factors{patterns, core, Vector::Constant(neurons, -0.1), Vector::Ones(neurons)};
  Circuit circuit;
  for (Index i = 0; i < neurons; ++i) factors.columns[i] = i % 3 == 0 ? 0.5 : 1.0;
  factors.row_sums = factors.absolute_row_sums();
  circuit.bias = Vector::NullaryExpr(neurons, [&] { return 0.05 * number(); });
  circuit.tau = Vector::NullaryExpr(neurons, [&] { return 0.5 + number(); });
  circuit.resistance = Vector::Ones(neurons);
  circuit.gain = Vector::NullaryExpr(neurons, [&] { return 3.0 + number(); });
  circuit.threshold = Vector::NullaryExpr(neurons, [&] { return 0.02 * number(); });
  circuit.unipolar.assign(static_cast<std::size_t>(neurons), false);
  circuit.unipolar[5] = true;
  circuit.factors = std::make_shared<const Factors>(std::move(factors));
  return circuit;
}

Circuit dense_copy(const Circuit& circuit) {
  Circuit dense = circuit;
  dense.weights = circuit.factors->dense();
  return dense;
}

void expect_equal(const Equilibrium& factored, const Equilibrium& dense) {
  ASSERT_TRUE(dense.converged);
  ASSERT_TRUE(factored.converged);
  EXPECT_EQ(factored.stable, dense.stable);
  EXPECT_LT((factored.u - dense.u).cwiseAbs().maxCoeff(), 1e-9);  // both residuals are below 1e-10 of the scale
  ASSERT_EQ(factored.eigenvalues.size(), 1);
  EXPECT_NEAR(factored.eigenvalues[0].real(), dense.eigenvalues[0].real(), 1e-7);
}

TEST(FactoredJacobian, SolvesAsTheMatrixDoes) {
  const Circuit circuit = factored_circuit();
  const Vector u = Vector::LinSpaced(neurons, -0.5, 0.5);
  const Vector f = Vector::LinSpaced(neurons, 1.0, -2.0);
  const Matrix j = circuit.tau.asDiagonal() * jacobian(dense_copy(circuit), u);
  const Vector p = FactoredJacobian(circuit, u).solve(f);
  EXPECT_LT((j * p + f).cwiseAbs().maxCoeff(), 1e-11);
}

TEST(FactoredJacobian, LeadsPolishingToTheStableStateOfAMemory) {
  const Circuit circuit = factored_circuit();
  const Vector start = 0.8 * circuit.factors->patterns.row(1).transpose();
  const Equilibrium found = polish(circuit, start, true);
  expect_equal(found, polish(dense_copy(circuit), start, true));
  EXPECT_TRUE(found.stable);
}

TEST(FactoredJacobian, KnowsAnUnstableStateAndItsRateOfGrowth) {
  const Circuit circuit = factored_circuit();
  const Vector start = Vector::Zero(neurons);
  const Equilibrium found = polish(circuit, start, true);
  expect_equal(found, polish(dense_copy(circuit), start, true));
  EXPECT_FALSE(found.stable);
  EXPECT_GT(found.eigenvalues[0].real(), 0.0);
}

TEST(FactoredJacobian, RefusesFactorsWhoseInertiaItCannotCount) {
  Circuit circuit = factored_circuit();
  Factors factors = *circuit.factors;
  factors.diagonal[3] = 0.1;
  circuit.factors = std::make_shared<const Factors>(factors);
  EXPECT_THROW(FactoredJacobian(circuit, Vector::Zero(neurons)), std::invalid_argument);
}

TEST(IsSymmetric, IsTheSameByFactorsAndByTheMatrix) {
  Circuit circuit = factored_circuit();
  EXPECT_FALSE(is_symmetric(circuit));  // T_ij = K_ij s_j
  EXPECT_FALSE(is_symmetric(dense_copy(circuit)));
  circuit.resistance = circuit.factors->columns.cwiseInverse();  // T_ij = K_ij s_j s_i
  EXPECT_TRUE(is_symmetric(circuit));
  EXPECT_TRUE(is_symmetric(dense_copy(circuit)));
  circuit.resistance[2] *= 1.0 + 1e-14;
  EXPECT_TRUE(is_symmetric(circuit));
  EXPECT_TRUE(is_symmetric(dense_copy(circuit)));
  circuit.resistance[2] *= 1.0 + 1e-9;
  EXPECT_FALSE(is_symmetric(circuit));
  EXPECT_FALSE(is_symmetric(dense_copy(circuit)));
}

// Roots with delays are those of the dense W: without it nothing is said.
TEST(DelayStability, KnowsNothingOfACircuitThatKeepsFactors) {
  Circuit circuit = factored_circuit();
  circuit.delay = Vector::Ones(neurons);
  const DelayStability found = judge(circuit, Vector::Zero(neurons));
  EXPECT_EQ(found.roots.size(), 0);
  EXPECT_FALSE(found.stable.has_value());
  EXPECT_TRUE(judge(dense_copy(circuit), Vector::Zero(neurons)).stable.has_value());
}

}  // namespace
}  // namespace basin
