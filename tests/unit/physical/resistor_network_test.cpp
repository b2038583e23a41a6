#include "models/physical/resistor_network.hpp"

#include <gtest/gtest.h>

#include "models/design/error.hpp"
#include "models/ode/reference.hpp"
#include "models/physical/bill_of_materials.hpp"
#include "models/physical/realisation.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

/// Unequal R, C, biases, thresholds and ranges.
Circuit mixed_circuit(Index n, std::uint32_t stream) {
  Random random(5, Stream::test, stream);
  Circuit circuit = test::circuit_of(test::gaussian(n, random), 3.0);
  for (Index i = 0; i < n; ++i) {
    circuit.bias[i] = 0.2 * random.normal();
    circuit.resistance[i] = 1e4 * (1.0 + random.uniform());
    circuit.tau[i] = circuit.resistance[i] * 1e-11 * (1.0 + random.uniform());
    circuit.threshold[i] = 0.1 * random.normal();
    circuit.unipolar[static_cast<std::size_t>(i)] = i % 3 == 0;
  }
  return circuit;
}

}  // namespace

// docs/math.md: s = max(Σ|W| + |b|) makes every row passive, and V does not notice.
TEST(ResistorNetwork, OfARescaledCircuitHasTheSameOutputsAtAllTimes) {
  const Circuit circuit = mixed_circuit(7, 1);
  const double s = passive_scale(circuit);
  ASSERT_GT(s, 1.0);
  const Circuit made = circuit_of(make_network(rescaled(circuit, s), 2.5));
  ReferenceOptions options{.rtol = 1e-11, .atol = 1e-13, .t_end = 3.0 * circuit.tau.maxCoeff(), .sample_times = {},
                           .stop_when_settled = false};
  for (int i = 1; i <= 20; ++i) options.sample_times.push_back(*options.t_end * i / 20);
  Random random(5, Stream::test, 2);
  const Vector u0 = test::uniform_state(7, 0.5, random);
  const ReferenceRun one = integrate(circuit, u0, options), other = integrate(made, u0 / s, options);
  for (Index k = 0; k < one.samples.rows(); ++k) {
    const Vector difference = outputs(circuit, one.samples.row(k)) - outputs(made, other.samples.row(k));
    EXPECT_LT(difference.cwiseAbs().maxCoeff(), 1e-9) << k;
  }
}

TEST(ResistorNetwork, KeepsTheWholeConductanceOfEveryNode) {
  const Circuit circuit = mixed_circuit(9, 3);
  const Circuit scaled = rescaled(circuit, passive_scale(circuit));
  const ResistorNetwork network = make_network(scaled, 1.0);
  const Vector total = network.conductance.cwiseAbs().rowwise().sum() + network.bias.cwiseAbs() + network.leak;
  EXPECT_LT((total.cwiseProduct(circuit.resistance).array() - 1.0).abs().maxCoeff(), 1e-12);
  EXPECT_GE(network.leak.minCoeff(), 0.0);
  EXPECT_EQ((network.leak.array() == 0.0).count(), 1);   // the row that s is of needs no resistor to ground
}

TEST(ResistorNetwork, OfRowsThatAreNotPassiveIsRefused) {
  const Circuit circuit = mixed_circuit(7, 1);
  EXPECT_THROW(make_network(circuit, 1.0), ClaimError);
  EXPECT_NO_THROW(make_network(rescaled(circuit, passive_scale(circuit)), 1.0));
}

TEST(ResistorNetwork, NeedsNoRescalingWhereRowsArePassive) {
  Matrix w(2, 2);
  w << 0.0, 0.9, 0.9, 0.0;
  Circuit circuit = test::circuit_of(w, 2.0);
  EXPECT_EQ(passive_scale(circuit), 1.0);
  circuit.bias[1] = -0.2;
  EXPECT_DOUBLE_EQ(passive_scale(circuit), 1.1);
}

// Two neurons, T = 1/R and R: at v = tanh(λ v) the resistor of each takes (v − v)², so nothing flows. One neuron at +v whose
// resistor comes from the inverted output of the other at −v likewise; a leak takes v²/ρ.
TEST(OperatingPoint, OfTheFlipFlopTakesThePowerOfItsLeaks) {
  Matrix w(2, 2);
  w << 0.0, 0.9, 0.9, 0.0;
  Circuit circuit = test::circuit_of(w, 4.0);
  circuit.resistance.setConstant(1e4);
  circuit.tau.setConstant(1e-7);
  const ResistorNetwork network = make_network(circuit, 2.0);
  const auto point = operating_point(network, ideal_amplifiers(2), Vector::Constant(2, 1.7));
  ASSERT_TRUE(point);
  EXPECT_TRUE(point->stable);
  const double u = point->u_v[0], v = 2.0 * std::tanh(4.0 * u / 2.0);
  EXPECT_NEAR(u, 0.9 * v, 1e-9);
  EXPECT_NEAR(point->power_w, 2.0 * (0.9e-4 * (v - u) * (v - u) + 0.1e-4 * u * u), 1e-12);
  // J = −1/τ (1 ∓ 0.9 g'), g' = λ(1 − (v/S)²)
  const double slope = 4.0 * (1.0 - 0.25 * v * v);
  EXPECT_NEAR(point->poles_hz[0].real(), -(1.0 - 0.9 * slope) / 1e-7 / (2.0 * std::numbers::pi), 1e-3);
}

TEST(OperatingPoint, OfTheFlipFlopWithoutLeaksTakesNoPower) {
  Matrix w(2, 2);
  w << 0.0, 1.0, 1.0, 0.0;
  Circuit circuit = test::circuit_of(w, 3.0);
  circuit.resistance.setConstant(1e5);
  const auto point = operating_point(make_network(circuit, 1.0), ideal_amplifiers(2), Vector::Constant(2, 0.9));
  ASSERT_TRUE(point);
  EXPECT_GT(point->u_v[0], 0.9);
  EXPECT_EQ(point->power_w, 0.0);
}

TEST(BillOfMaterials, CountsEveryResistorOnce) {
  Matrix w(3, 3);
  w << 0.0, 0.5, -0.25, 0.5, 0.0, 0.25, -0.25, 0.25, 0.0;
  Circuit circuit = test::circuit_of(w, 2.0);
  circuit.resistance.setConstant(1e5);
  circuit.bias[2] = 0.5;
  const std::vector<Part> parts = bill_of_materials(make_network(circuit, 1.0));
  // W = 0.5: 2 of 200k, 0.25: 4 of 400k, bias 1 of 200k, leaks 0.25, 0.25 of 400k; row 2 is exactly passive.
  ASSERT_EQ(parts.size(), 4U);
  EXPECT_EQ(parts[0].count, 3);
  EXPECT_DOUBLE_EQ(parts[0].value, 2e5);
  EXPECT_EQ(parts[1].count, 6);
  EXPECT_DOUBLE_EQ(parts[1].value, 4e5);
  EXPECT_EQ(parts[2].kind, "capacitor");
  EXPECT_EQ(parts[3].count, 3);
}

}  // namespace basin
