#include "models/physical/amplifier_system.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "models/design/error.hpp"
#include "models/ode/reference.hpp"
#include "models/physical/realisation.hpp"
#include "tests/support/fixed_circuits.hpp"
#include "tests/unit/physical/ideal_spec.hpp"

namespace basin {
namespace {

ResistorNetwork random_network(Index n, double swing) {
  Random random(11, Stream::test, static_cast<std::uint32_t>(n));
  Circuit circuit = test::circuit_of(test::gaussian(n, random), 5.0);
  for (Index i = 0; i < n; ++i) circuit.bias[i] = 0.1 * random.normal();
  circuit.resistance.setConstant(1e4);
  circuit.tau.setConstant(1e-7);
  return make_network(rescaled(circuit, passive_scale(circuit)), swing);
}

AmplifierModel real_amplifiers(Index n) { return {Vector::Constant(n, 2e6), Vector::Constant(n, 300.0)}; }

}  // namespace

// Kirchhoff at every output: what R_o brings is what the network takes.
TEST(AmplifierSystem, BalancesTheCurrentsAtItsLoadedOutputs) {
  const ResistorNetwork network = random_network(6, 1.5);
  const AmplifierSystem system(network, real_amplifiers(6));
  Random random(11, Stream::test, 50);
  const Vector y = test::uniform_state(12, 1.0, random);
  const Vector p = system.positive_outputs(y), m = system.inverted_outputs(y);
  for (Index j = 0; j < 6; ++j) {
    double taken = 0.0, taken_inverted = 0.0;
    for (Index i = 0; i < 6; ++i) {
      const double g = network.conductance(i, j);
      taken += std::max(g, 0.0) * (p[j] - y[i]);
      taken_inverted += std::max(-g, 0.0) * (m[j] - y[i]);
    }
    EXPECT_NEAR((y[6 + j] - p[j]) / 300.0, taken, 1e-12);
    EXPECT_NEAR((-y[6 + j] - m[j]) / 300.0, taken_inverted, 1e-12);
  }
}

TEST(AmplifierSystem, HasTheJacobianOfItsRate) {
  for (const bool pole : {false, true}) {
    AmplifierModel model = real_amplifiers(5);
    if (!pole) model.pole_hz.resize(0);
    const AmplifierSystem system(random_network(5, 2.0), model);
    Random random(11, Stream::test, 51);
    const Vector y = test::uniform_state(system.size(), 0.5, random);
    const Matrix j = system.jacobian(y);
    const double h = 1e-6;
    for (Index k = 0; k < system.size(); ++k) {
      Vector up = y, down = y;
      up[k] += h;
      down[k] -= h;
      const Vector column = (system.rate(up) - system.rate(down)) / (2.0 * h);
      EXPECT_LT((column - j.col(k)).cwiseAbs().maxCoeff(), 1e-6 * j.cwiseAbs().maxCoeff()) << k;
    }
  }
}

// Without pole and R_o it is the circuit's own equation, which other code integrates.
TEST(AmplifierSystem, IsTheCircuitWhenItsAmplifiersAreIdeal) {
  const ResistorNetwork network = random_network(6, 2.0);
  const AmplifierSystem system(network, ideal_amplifiers(6));
  const Circuit circuit = circuit_of(network);
  Random random(11, Stream::test, 52);
  const Vector u0 = test::uniform_state(6, 0.3, random);
  const double end = 5e-7;
  const std::vector<double> times{1e-7, 2e-7, end};
  const AmplifierRun run = integrate(
      system, 2.0 * u0, {.rtol = 1e-10, .atol = 1e-12, .slowest = circuit.tau.maxCoeff(), .t_end = end, .times = times});
  const ReferenceRun reference =
      integrate(circuit, u0, {.rtol = 1e-10, .atol = 1e-12, .t_end = end, .sample_times = times, .stop_when_settled = false});
  EXPECT_LT((run.samples - 2.0 * reference.samples).cwiseAbs().maxCoeff(), 1e-8);
}

TEST(AmplifierSystem, KeepsAHeldOutputWhereItIs) {
  const ResistorNetwork network = random_network(4, 1.0);
  Drive drive;
  drive.held_v = Vector::Constant(4, std::nan(""));
  drive.held_v[2] = 0.5;
  const AmplifierSystem system(network, real_amplifiers(4), drive);
  const Vector y = Vector::Constant(8, 0.9);
  EXPECT_EQ(system.positive_outputs(y)[2], 0.5);
  EXPECT_EQ(system.inverted_outputs(y)[2], -0.5);
}

TEST(AmplifierModel, HasItsPoleAtTheProductOverTheGain) {
  const ResistorNetwork network = random_network(3, 1.0);
  AmplifierSpec spec = ideal_spec(3);
  spec.gain_bandwidth_hz = Vector::Constant(3, 1e8);
  const AmplifierModel model = amplifier_model(spec, network);
  EXPECT_DOUBLE_EQ(model.pole_hz[0], 1e8 / network.gain[0]);
}

TEST(AmplifierModel, GivesHiddenUnitsTheAmplifierOfTheLastNeuron) {
  ResistorNetwork network = random_network(5, 1.0);
  network.hidden = 2;
  AmplifierSpec spec = ideal_spec(3);
  spec.gain_bandwidth_hz = Eigen::Vector3d(1e8, 2e8, 3e8);
  spec.output_resistance_ohm = Eigen::Vector3d(10.0, 20.0, 30.0);
  const AmplifierModel model = amplifier_model(spec, network);
  EXPECT_DOUBLE_EQ(model.pole_hz[1], 2e8 / network.gain[1]);
  EXPECT_DOUBLE_EQ(model.pole_hz[4], 3e8 / network.gain[4]);
  EXPECT_EQ(model.output_resistance, (Vector(5) << 10.0, 20.0, 30.0, 30.0, 30.0).finished());
}

// A ring of three inverters with a pole in every amplifier, just above the gain at which it starts: each stage turns the phase by
// 60°, atan(ωτ) + atan(ω/p) = π/3, and g's harmonics shift ω by less than the square of what the gain has to spare.
TEST(AmplifierSystem, RingsAtTheFrequencyOfItsPhases) {
  const double tau = 1e-6;
  for (const double r : {0.1, 0.5, 1.0}) {   // 1/(pτ)
    const double x = (std::sqrt((1.0 + r) * (1.0 + r) + 12.0 * r) - (1.0 + r)) / (2.0 * std::sqrt(3.0) * r);   // ωτ
    Circuit circuit = test::circuit_of(Matrix::Zero(3, 3), 1.03 * std::sqrt((1.0 + x * x) * (1.0 + r * r * x * x)));
    for (Index i = 0; i < 3; ++i) circuit.weights(i, (i + 1) % 3) = -1.0;
    circuit.resistance.setConstant(1e4);
    circuit.tau.setConstant(tau);
    AmplifierModel amplifiers = ideal_amplifiers(3);
    amplifiers.pole_hz = Vector::Constant(3, 0.5 * std::numbers::inv_pi / (r * tau));
    const AmplifierSystem system(make_network(circuit, 1.0), amplifiers);
    Matrix signs(2, 3);
    signs << 1, 1, -1, 1, -1, 1;
    const AmplifierRun run = integrate(system, system.start(Eigen::Vector3d(0.2, -0.1, 0.0)),
                                       {.rtol = 1e-7, .atol = 1e-9, .slowest = tau,
                                        .pattern_at = [&](const State& y) { return pattern_of_signs(signs, y); }});
    EXPECT_EQ(run.reason(), EndReason::oscillating);
    ASSERT_TRUE(run.period);
    EXPECT_NEAR(*run.period, 2.0 * std::numbers::pi * tau / x, 1e-3 * *run.period) << r;
    // Both patterns are passed once a round, and by symmetry a third of it apart.
    ASSERT_GT(run.visits.size(), 8U);
    const auto last = run.visits.end() - 1;
    EXPECT_NEAR(last->t - (last - 2)->t, *run.period, 1e-4 * *run.period);
    const double apart = (last->t - (last - 1)->t) / *run.period;
    EXPECT_NEAR(std::min(apart, 1.0 - apart), 1.0 / 3.0, 1e-3);
  }
}

}  // namespace basin
