#include "models/circuit/attracting_box.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

/// Two neurons that hold each other up.
Circuit flipflop(double gain) {
  Circuit circuit;
  circuit.weights = (Matrix(2, 2) << 0, 1, 1, 0).finished();
  circuit.bias = Vector::Zero(2);
  circuit.gain = Vector::Constant(2, gain);
  return circuit;
}

const Vector set = (Vector(2) << 1, 1).finished();
const Vector apart = (Vector(2) << 1, -1).finished();

// V = tanh(λV): above λ = ln 3 the box |V| ≥ ½ is invariant, for tanh(λ/2) > ½; v* = 0.503 at λ = 1.1.
TEST(AttractingBox, ProvesTheFlipflopAboveTheGainThatTheBoxNeeds) {
  EXPECT_EQ(AttractingBoxes(flipflop(1.11)).around(set), 0.5);
  EXPECT_EQ(AttractingBoxes(flipflop(2.0)).around(set), 0.5);
  EXPECT_EQ(AttractingBoxes(flipflop(50.0)).around(-set), 0.5);
}

// Below λ = 1 there is nothing but u = 0.
TEST(AttractingBox, ProvesNothingThatIsNotThere) {
  EXPECT_FALSE(AttractingBoxes(flipflop(0.99)).around(set));
  EXPECT_FALSE(AttractingBoxes(flipflop(2.0)).around(apart));
}

TEST(AttractingBox, TakesHardUnits) {
  Circuit circuit = flipflop(1.0);
  circuit.activation = Activation(ActivationKind::hard);
  EXPECT_EQ(AttractingBoxes(circuit).around(set), 0.5);
  EXPECT_FALSE(AttractingBoxes(circuit).around(apart));
}

// A third neuron, hidden, that neuron 0 holds up and that alone holds neuron 1 up.
TEST(AttractingBox, FollowsHiddenUnits) {
  Circuit circuit;
  circuit.weights = (Matrix(3, 3) << 0, 1, 0, 0, 0, 1, 1, 0, 0).finished();
  circuit.bias = Vector::Zero(3);
  circuit.gain = Vector::Constant(3, 3.0);
  circuit.hidden = 1;
  EXPECT_TRUE(AttractingBoxes(circuit).around(set));
  EXPECT_FALSE(AttractingBoxes(circuit).around(apart));
}

// The flipflop of hard units at V = ±1 against biases that leave it 1e-13 at the last rung of the ladder: more than the
// rounding of a few terms (1e-14), less than what a sum of a thousand may be off by (4e-13).
TEST(AttractingBox, AllowsForTheRoundingOfAsManyTermsAsThereAre) {
  for (const Index idle : {0, 1000}) {
    Circuit circuit;
    circuit.weights = Matrix::Zero(2 + idle, 2 + idle);
    circuit.weights(0, 1) = circuit.weights(1, 0) = 1.0;
    circuit.bias = Vector::Constant(2 + idle, 1.0);
    circuit.bias.head(2).setConstant(-0.9999 + 1e-13);
    circuit.gain = Vector::Ones(2 + idle);
    circuit.activation = Activation(ActivationKind::hard);
    EXPECT_EQ(AttractingBoxes(circuit).around(Vector::Ones(2 + idle)).has_value(), idle == 0) << idle;
  }
}

// g is flat up to λu = 3 and steep beyond: its slope at the end of a box nearest to 0 bounds none inside.
TEST(AttractingBox, ProvesNothingOfATable) {
  Circuit circuit = flipflop(6.0);
  EXPECT_TRUE(AttractingBoxes(circuit).around(set));
  circuit.activation = Activation((Matrix(6, 2) << -4, -1, -3.5, -0.9, -0.5, -0.9, 0.5, 0.9, 3.5, 0.9, 4, 1).finished());
  EXPECT_FALSE(AttractingBoxes(circuit).around(set));
}

TEST(AttractingBox, ProvesNothingOfACircuitOfFactorsAlone) {
  Circuit circuit = flipflop(6.0);
  circuit.weights.resize(0, 0);
  EXPECT_FALSE(AttractingBoxes(circuit).around(set));
}

}  // namespace
}  // namespace basin
