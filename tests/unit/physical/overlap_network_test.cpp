#include <gtest/gtest.h>

#include <cmath>

#include "models/physical/bill_of_materials.hpp"
#include "models/physical/preferred_values.hpp"
#include "models/physical/realisation.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

constexpr Index n = 9;
constexpr double swing = 2.5;

/// Factors of three random patterns with unequal R, C, biases and ranges, and W multiplied out entry by entry.
Circuit factored_circuit(std::uint32_t stream) {
  Random random(29, Stream::test, stream);
  auto factors = std::make_shared<Factors>();
  factors->patterns.resize(3, n);
  for (double& entry : factors->patterns.reshaped()) entry = random.sign() * (0.5 + random.uniform());
  factors->core = test::gaussian(3, random);
  factors->core = (factors->core + factors->core.transpose()).eval();
  factors->diagonal = test::uniform_state(n, 0.5, random);
  factors->columns = Vector::Ones(n);
  factors->columns[2] = 0.5;
  Matrix w = Matrix::Zero(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) {
      for (Index k = 0; k < 3; ++k) {
        for (Index l = 0; l < 3; ++l) w(i, j) += factors->patterns(k, i) * factors->core(k, l) * factors->patterns(l, j);
      }
      if (i == j) w(i, j) += factors->diagonal[i];
      w(i, j) *= factors->columns[j];
    }
  }
  Circuit circuit = test::circuit_of(w, 3.0);
  for (Index i = 0; i < n; ++i) {
    circuit.bias[i] = i % 2 == 0 ? 0.2 * random.normal() : 0.0;
    circuit.resistance[i] = 1e4 * (1.0 + random.uniform());
    circuit.tau[i] = circuit.resistance[i] * 1e-11 * (1.0 + random.uniform());
  }
  circuit.unipolar[4] = true;
  circuit.factors = std::move(factors);
  return circuit;
}

ResistorNetwork network_of(const Circuit& circuit) {
  const OverlapForm form(circuit);
  const double s = passive_scale(circuit, form);
  return make_network(rescaled(circuit, s), swing, form, s);
}

}  // namespace

TEST(OverlapNetwork, MakesTheRescaledCircuitOfPositiveResistors) {
  for (std::uint32_t stream = 1; stream <= 20; ++stream) {
    const Circuit circuit = factored_circuit(stream);
    const double s = passive_scale(circuit, OverlapForm(circuit));
    EXPECT_GE(s, passive_scale(circuit));   // a sum over paths is no less than the sum of what they add up to
    const ResistorNetwork network = network_of(circuit);
    EXPECT_GE(network.leak.minCoeff(), 0.0);
    const Circuit made = circuit_of(network);
    EXPECT_LT((made.weights - circuit.weights / s).cwiseAbs().maxCoeff(), 1e-13) << stream;
    EXPECT_LT((made.bias - circuit.bias / s).cwiseAbs().maxCoeff(), 1e-14);
    EXPECT_LT((made.resistance.cwiseQuotient(circuit.resistance).array() - 1.0).abs().maxCoeff(), 1e-12);
    EXPECT_LT((made.tau.cwiseQuotient(circuit.tau).array() - 1.0).abs().maxCoeff(), 1e-12);
    // No overlap amplifier leaves the outputs' range.
    EXPECT_LT((network.means().cwiseAbs().rowwise().sum().array() - 1.0).abs().maxCoeff(), 1e-12);
  }
}

// Tellegen: what resistors take is what all sources give, and capacitors take nothing at rest.
TEST(OverlapNetwork, TakesThePowerThatItsSourcesGive) {
  const ResistorNetwork network = network_of(factored_circuit(3));
  Random random(29, Stream::test, 40);
  const auto point = operating_point(network, ideal_amplifiers(n), test::uniform_state(n, 0.4, random));
  ASSERT_TRUE(point);
  const Vector& u = point->u_v;
  const Vector& v = point->output_v;
  Vector inputs(network.overlaps());
  double given = 0.0;
  for (Index k = 0; k < network.overlaps(); ++k) {
    double above = 0.0, below = 0.0;
    for (Index j = 0; j < n; ++j) {
      above += network.sensing(k, j) * v[j];
      below += std::abs(network.sensing(k, j));
    }
    inputs[k] = above / below;
    for (Index j = 0; j < n; ++j) {
      const double source = network.sensing(k, j) < 0.0 ? -v[j] : v[j];
      given += source * std::abs(network.sensing(k, j)) * (source - inputs[k]);
    }
  }
  for (Index i = 0; i < n; ++i) {
    const auto gives = [&](double voltage, double conductance) {
      const double source = conductance < 0.0 ? -voltage : voltage;
      given += source * std::abs(conductance) * (source - u[i]);
    };
    for (Index k = 0; k < network.overlaps(); ++k) gives(inputs[k], network.spreading(i, k));
    gives(v[i], network.conductance(i, i));
    gives(swing, network.bias[i]);
  }
  EXPECT_NEAR(point->power_w, given, 1e-9 * given);
}

TEST(OverlapNetwork, CountsTheResistorsOfPathsAndTheAmplifiersOfOverlaps) {
  const ResistorNetwork network = network_of(factored_circuit(5));
  int resistors = 0, unity = 0;
  for (const Part& part : bill_of_materials(network)) {
    if (part.kind == "resistor") resistors += part.count;
    if (part.kind == "amplifier" && part.value == 1.0) unity += part.count;
  }
  const auto leaks = static_cast<int>((network.leak.array() > 0.0).count());
  EXPECT_EQ(resistors, 2 * 3 * n + n + 5 + leaks);   // paths, own weights, biases of every second neuron
  EXPECT_EQ(unity, 3);
}

TEST(OverlapNetwork, IsRoundedToPartsOnBothSides) {
  const ResistorNetwork network = network_of(factored_circuit(7));
  const ResistorNetwork parts = with_series(network, PreferredSeries::e12);
  const ResistorNetwork levels = with_levels(network, 4);
  for (const auto side : {&ResistorNetwork::sensing, &ResistorNetwork::spreading}) {
    for (Index i = 0; i < (network.*side).size(); ++i) {
      const double exact = (network.*side).data()[i], part = (parts.*side).data()[i];
      EXPECT_NEAR(1.0 / std::abs(part), preferred_value(1.0 / std::abs(exact), PreferredSeries::e12), 1e-9 / std::abs(part));
      EXPECT_EQ(std::signbit(part), std::signbit(exact));
    }
  }
  const double step = network.sensing.cwiseAbs().maxCoeff() / 4.0;
  for (const double g : levels.sensing.reshaped()) EXPECT_NEAR(g / step, std::round(g / step), 1e-12);
}

}  // namespace basin
