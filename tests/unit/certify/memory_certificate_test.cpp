#include "models/certify/memory_certificate.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <limits>

#include "models/design/random.hpp"

namespace basin {
namespace {


Circuit circuit_of(const Matrix& weights, double gain) {
  const Index n = weights.rows();
  Circuit circuit;
  circuit.weights = weights;
  circuit.bias = circuit.threshold = Vector::Zero(n);
  circuit.tau = circuit.resistance = Vector::Ones(n);
  circuit.gain = Vector::Constant(n, gain);
  circuit.unipolar.assign(static_cast<std::size_t>(n), false);
  return circuit;
}

Circuit flipflop(double gain) {
  Matrix weights(2, 2);
  weights << 0.0, 1.0, 1.0, 0.0;
  return circuit_of(weights, gain);
}

/// Random ±1 patterns and the pseudo-inverse rule, zero diagonal.
struct Recall {
  Matrix patterns;
  Circuit circuit;
};

Recall pseudo_inverse(Index neurons, Index memories, double gain, std::uint64_t seed) {
  Random random(seed, Stream::test, 0);
  Matrix patterns(memories, neurons);
  for (Index m = 0; m < memories; ++m) {
    for (Index i = 0; i < neurons; ++i) patterns(m, i) = random.sign();
  }
  const Matrix overlaps = patterns * patterns.transpose();
  Matrix weights = patterns.transpose() * overlaps.inverse() * patterns;
  weights = (0.5 * (weights + weights.transpose())).eval();
  weights.diagonal().setZero();
  return {patterns, circuit_of(weights, gain)};
}

Vector equilibrium_near(const Circuit& circuit, const Vector& signs) {
  return polish(circuit, circuit.weights * signs + circuit.bias).u;
}

/// u after 60 τ, by the classical Runge–Kutta method with steps of 1/50: none of the code that integrates circuits elsewhere.
Vector integrated(const Circuit& circuit, Vector u) {
  const auto rate = [&](const Vector& x) -> Vector {
    Vector v(x.size());
    for (Index i = 0; i < x.size(); ++i) v[i] = std::tanh(circuit.gain[i] * x[i]);
    return (circuit.weights * v + circuit.bias - x).cwiseQuotient(circuit.tau);
  };
  constexpr double h = 0.02;
  for (int k = 0; k < 3000; ++k) {
    const Vector k1 = rate(u), k2 = rate(u + 0.5 * h * k1), k3 = rate(u + 0.5 * h * k2), k4 = rate(u + h * k3);
    u += h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
  }
  return u;
}

// The flip-flop in closed form: A W = (1 − g′)⁻¹·(permutation of rows) in the maximum norm, so Z2 = 0.7698 λ²/(1 − g′), with
// g′ = λ(1 − tanh² λū), and Y = |tanh(λū) − ū|/(1 − g′); r± solve ½ Z2 r² − r + Y = 0.
TEST(EquilibriumBall, HasTheFiguresOfTheFlipFlop) {
  struct Row {
    double gain, centre, defect, curvature, inner, outer;
  };
  for (const Row& row : {Row{1.4, 0.8145, 2.853e-5, 2.8532, 2.853e-5, 0.7009}, Row{2.0, 0.9575, 4.024e-6, 3.6937, 4.024e-6,
                                                                                   0.5415},
                         Row{5.0, 0.9999, 9.123e-6, 19.26, 9.123e-6, 0.1038}}) {
    const Circuit circuit = flipflop(row.gain);
    const EnclosedCircuit enclosed(circuit);
    const auto ball = equilibrium_ball(enclosed, Vector::Constant(2, row.centre), Interval::infinity);
    ASSERT_TRUE(ball);
    EXPECT_NEAR(ball->defect / row.defect, 1.0, 2e-4);
    EXPECT_NEAR(ball->curvature / row.curvature, 1.0, 2e-4);
    EXPECT_NEAR(ball->inner / row.inner, 1.0, 2e-4);
    EXPECT_NEAR(ball->outer / row.outer, 1.0, 2e-4);
  }
}

// v = tanh(λv): 0.8145285312, 0.9575040241 and 0.9999091217 (bisection).
TEST(EquilibriumBall, HoldsTheTrueEquilibrium) {
  const Circuit circuit = flipflop(2.0);
  const auto ball = equilibrium_ball(EnclosedCircuit(circuit), Vector::Constant(2, 0.9575));
  ASSERT_TRUE(ball);
  EXPECT_LE(std::abs(0.9575040241 - 0.9575), ball->inner + 1e-10);
  const auto far = equilibrium_ball(EnclosedCircuit(circuit), Vector::Constant(2, 0.8));
  EXPECT_FALSE(far && far->inner < 0.1575040241 - 1e-9);
}

TEST(EquilibriumBall, IsRefusedWhereTheJacobianIsSingular) {
  const Circuit circuit = flipflop(1.0);   // at u = 0 the slope is 1: a pitchfork
  EXPECT_FALSE(equilibrium_ball(EnclosedCircuit(circuit), Vector::Zero(2)));
}

// λ sech²(λu) = 1 at u = arccosh(√λ)/λ.
TEST(ContractingBox, BeginsWhereTheSlopeIsOne) {
  for (const auto& [gain, level] : {std::pair{1.4, 0.426040}, {2.0, 0.440687}, {5.0, 0.288727}}) {
    const Circuit circuit = flipflop(gain);
    const Vector equilibrium = equilibrium_near(circuit, Vector::Ones(2));
    const auto box = contracting_box(EnclosedCircuit(circuit), equilibrium);
    ASSERT_TRUE(box);
    EXPECT_NEAR(box->level, level, 1e-6);
    EXPECT_GT(box->level, std::acosh(std::sqrt(gain)) / gain);
  }
}

// tanh(λu) > u all the way from 0 to the equilibrium, so the box may begin anywhere above 0.
TEST(BasinBox, OfTheFlipFlopBeginsAtTheFirstLevel) {
  const Circuit circuit = flipflop(5.0);
  const auto box = basin_box(EnclosedCircuit(circuit), equilibrium_near(circuit, Vector::Ones(2)));
  ASSERT_TRUE(box);
  EXPECT_EQ(box->level, 0.005);
}

// THEORY's table of random pseudo-inverse nets at λ = 4: the first levels that work, 0.365, 0.495 and 0.565, there with levels
// in steps of 0.005 and other patterns.
TEST(BasinBox, OfPseudoInverseNetsBeginsAtLevelsOfTheSameSize) {
  struct Row {
    Index neurons, memories;
    double level;
  };
  for (const Row& row : {Row{32, 3, 0.365}, Row{64, 5, 0.495}, Row{128, 8, 0.565}}) {
    const Recall recall = pseudo_inverse(row.neurons, row.memories, 4.0, 3);
    const Vector signs = recall.patterns.row(0);
    const auto box = basin_box(EnclosedCircuit(recall.circuit), equilibrium_near(recall.circuit, signs));
    ASSERT_TRUE(box) << row.neurons;
    EXPECT_NEAR(box->level, row.level, 0.08) << row.neurons;
  }
}

TEST(CertifyMemory, HoldsWhatTrajectoriesDo) {
  int starts = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Recall recall = pseudo_inverse(24, 2, 4.0, seed);
    Random random(seed, Stream::test, 1);
    for (double& tau : recall.circuit.tau) tau = 0.5 + random.uniform();
    const EnclosedCircuit enclosed(recall.circuit);
    for (Index m = 0; m < 2; ++m) {
      const Vector signs = recall.patterns.row(m);
      const auto memory = certify_memory(enclosed, signs, equilibrium_near(recall.circuit, signs), std::nullopt, 0.5);
      ASSERT_EQ(memory.standing, Standing::certified) << memory.reason;
      ASSERT_TRUE(memory.hamming);
      EXPECT_GE(memory.hamming->flips, 1);
      for (int draw = 0; draw < 6; ++draw, ++starts) {
        const bool flips = draw % 2 == 1;
        Vector u(24);
        for (Index i = 0; i < 24; ++i) {
          const Interval& edge = memory.basin->boxes.front()[static_cast<std::size_t>(i)];
          const double level = flips ? memory.hamming->levels[i] : edge.mignitude();
          u[i] = signs[i] * (level + (draw < 2 ? 0.0 : random.uniform()));
        }
        // As wrong as can be, at neurons from a random one on.
        const auto from = static_cast<Index>(random.below(24));
        for (Index k = 0; flips && k < memory.hamming->flips; ++k) u[(from + k) % 24] = -3.0 * signs[(from + k) % 24];
        EXPECT_LE((integrated(recall.circuit, u) - memory.equilibrium->centre).cwiseAbs().maxCoeff(), 1e-9);
      }
    }
  }
  EXPECT_EQ(starts, 48);
}

// Nine neurons that all help each other: with d wrong the others keep above l where tanh(8l) − d(1 + tanh(8l))/8 > l, which
// d = 3 meets (at l = 0.18, by 0.004) and d = 4 nowhere; and four of them at −10 do turn the rest over. Which of two states a
// neuron calls + is a convention, so any signs must give the same.
TEST(HammingBall, IsAsLargeAsItCanBeWhateverTheSigns) {
  const std::uint64_t patterns[] = {0, 1, 0b1111, 0b101010101, 0b111111111};
  for (const std::uint64_t negative : patterns) {
    Vector signs(9);
    for (Index i = 0; i < 9; ++i) signs[i] = (negative >> i & 1) != 0 ? -1.0 : 1.0;
    Matrix weights = signs * signs.transpose() / 8.0;
    weights.diagonal().setZero();
    const Circuit circuit = circuit_of(weights, 8.0);
    const auto memory = certify_memory(EnclosedCircuit(circuit), signs, equilibrium_near(circuit, signs), std::nullopt, Interval::infinity);
    ASSERT_TRUE(memory.hamming) << memory.reason;
    EXPECT_EQ(memory.hamming->flips, 3) << negative;
    for (const Index flips : {3, 4}) {
      Vector u = signs.cwiseProduct(memory.hamming->levels);
      u.head(flips) = -10.0 * signs.head(flips);
      const bool ends = (integrated(circuit, u) - memory.equilibrium->centre).cwiseAbs().maxCoeff() <= 1e-9;
      EXPECT_EQ(ends, flips == 3) << negative;
    }
  }
}

TEST(CertifyMemory, IsImpossibleWhereOneEquilibriumIsAll) {
  const Circuit circuit = flipflop(0.9);
  const EnclosedCircuit enclosed(circuit);
  const auto single = single_equilibrium(enclosed);
  ASSERT_TRUE(single);
  const auto memory = certify_memory(enclosed, Vector::Ones(2), std::nullopt, single, 0.5);
  EXPECT_EQ(memory.standing, Standing::impossible);
  EXPECT_FALSE(single_equilibrium(EnclosedCircuit(flipflop(1.1))));
}

// A ring of three with one inhibition: Σ|W|λ = 0.96 < 1 in the one, and no diagonal makes it symmetric.
TEST(SingleEquilibrium, OfAsymmetricWeightsIsProvedToo) {
  Matrix ring(3, 3);
  ring << 0.0, 0.0, -0.8, 0.8, 0.0, 0.0, 0.0, 0.8, 0.0;
  const Circuit circuit = circuit_of(ring, 1.2);
  EXPECT_TRUE(single_equilibrium(EnclosedCircuit(circuit)));
  const Circuit oscillates = circuit_of(ring, 3.0);
  EXPECT_FALSE(single_equilibrium(EnclosedCircuit(oscillates)));
}

// u = W V + b with |W V| ≤ 1 and b = 1.5 is at least 0.5.
TEST(Exclusion, FollowsFromABiasBeyondTheWeights) {
  Circuit circuit = flipflop(2.0);
  circuit.bias = Vector::Constant(2, 1.5);
  const EnclosedCircuit enclosed(circuit);
  EXPECT_TRUE(exclusion(enclosed, -Vector::Ones(2)));
  EXPECT_FALSE(exclusion(enclosed, Vector::Ones(2)));
}

// At an equilibrium of the antisymmetric signs g′ > 1 in one direction: a saddle.
TEST(Contraction, IsNotProvedOfASaddle) {
  const Circuit circuit = flipflop(2.0);
  const EnclosedCircuit enclosed(circuit);
  EXPECT_FALSE(contraction(enclosed, Vector::Constant(2, 2.0)));
  EXPECT_TRUE(contraction(enclosed, Vector::Constant(2, 0.99)));
}

// −λ_max = −1 is the Hessian's least eigenvalue of W itself: 1/g′ − 1 = 1 at g′ = ½.
TEST(Contraction, KnowsTheLeastEigenvalueOfTheHessian) {
  const Circuit circuit = flipflop(2.0);
  const EnclosedCircuit enclosed(circuit);
  const Vector slopes = Vector::Constant(2, 0.5), ones = Vector::Ones(2);
  EXPECT_TRUE(hessian_is_positive(enclosed, slopes, ones, 0.999999));
  EXPECT_FALSE(hessian_is_positive(enclosed, slopes, ones, 1.000001));
}

// On u₁ = u₂ = u the flow is u̇ = tanh(λu) − u: from u > 0 it goes to the equilibrium, from u < 0 to the other one.
TEST(Well, ReachesNoFurtherThanTheSaddle) {
  const Circuit circuit = flipflop(2.0);
  const EnclosedCircuit enclosed(circuit);
  const auto ball = equilibrium_ball(enclosed, equilibrium_near(circuit, Vector::Ones(2)));
  const auto found = well(enclosed, *ball);
  ASSERT_TRUE(found);
  EXPECT_GT(found->start, 0.1);
  EXPECT_LT(found->start, 0.9575040241);
  EXPECT_LT(found->start, found->radius);
  for (const double side : {-1.0, 1.0}) {
    Vector u = ball->centre;
    u[0] += side * found->start;
    u[1] -= side * found->start;
    EXPECT_LE((integrated(circuit, u) - ball->centre).cwiseAbs().maxCoeff(), 1e-9);
  }
}

// Linear units: L = ½ Σ τ_iλ_i(u_i − u*_i)², and a lower sum of 16 pieces of a line from 0 is 15/16 of its integral. ρ is half of
// the largest |u*|, the last of the ladder.
TEST(Well, OfLinearUnitsIsTheLargestBoxInASubLevel) {
  Circuit circuit = circuit_of(Matrix::Zero(4, 4), 0.5);
  circuit.activation = Activations(Activation(ActivationKind::clipped_linear));
  circuit.bias << 0.5, -0.5, 0.25, 0.5;
  circuit.tau << 1.0, 2.0, 3.0, 2.0;
  const EnclosedCircuit enclosed(circuit);
  const auto ball = equilibrium_ball(enclosed, circuit.bias);
  ASSERT_TRUE(ball);
  const auto found = well(enclosed, *ball);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->radius, 0.25, 1e-8);
  EXPECT_NEAR(found->depth, 15.0 / 16.0 * 0.5 * 0.5 * 0.25 * 0.25, 1e-7);
  EXPECT_NEAR(found->start, 0.25 * std::sqrt(15.0 / 16.0 * 1.0 / 8.0), 1e-6);
}

// ∫ (tanh λx − V*) dx = ln cosh(λu)/λ − V*u: the highest start, a corner, is below the lowest place of the edge, where one
// state alone is off.
TEST(Well, HasNoStartAsHighAsItsEdge) {
  for (const double gain : {1.4, 2.0, 5.0}) {
    const Circuit circuit = flipflop(gain);
    const EnclosedCircuit enclosed(circuit);
    const auto ball = equilibrium_ball(enclosed, equilibrium_near(circuit, Vector::Ones(2)));
    const auto found = well(enclosed, *ball);
    ASSERT_TRUE(found) << gain;
    const double rest = ball->centre[0];
    const auto energy = [&](double u) { return std::log(std::cosh(gain * u)) / gain - std::tanh(gain * rest) * u; };
    const auto height = [&](double away) { return energy(rest + away) - energy(rest); };
    const double edge = found->weights[0] * std::min(height(found->radius), height(-found->radius));
    const double start = 2.0 * found->weights[0] * std::max(height(found->start), height(-found->start));
    EXPECT_LE(found->depth, edge) << gain;
    EXPECT_LT(start, edge) << gain;
  }
}

}  // namespace
}  // namespace basin
