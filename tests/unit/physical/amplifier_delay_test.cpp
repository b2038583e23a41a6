// Amplifiers that answer late, against the circuit's own delay equation and closed forms.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "models/ode/reference.hpp"
#include "models/physical/realisation.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

constexpr double tau = 1e-6;

/// n units that inhibit all others, in components; every R is 10 kΩ.
ResistorNetwork inhibitory(Index n, double gain, double delay) {
  Circuit circuit = test::circuit_of(Matrix::Constant(n, n, -1.0), gain);
  circuit.weights.diagonal().setZero();
  circuit.resistance.setConstant(1e4);
  circuit.tau.setConstant(tau);
  if (delay > 0.0) circuit.delay = Vector::Constant(n, delay);
  return make_network(rescaled(circuit, passive_scale(circuit)), 1.0);
}

}  // namespace

// Ideal amplifiers: the circuit's own delay equation, which other code integrates.
TEST(AmplifierDelay, IsThatOfTheCircuitWhenAmplifiersAreIdeal) {
  Random random(13, Stream::test, 0);
  Circuit circuit = test::circuit_of(test::gaussian(6, random), 4.0);
  circuit.resistance.setConstant(1e4);
  circuit.tau.setConstant(tau);
  circuit.delay = (Vector(6) << 0.0, 3e-7, 3e-7, 1e-6, 2.2e-6, 0.0).finished();
  const ResistorNetwork network = make_network(rescaled(circuit, passive_scale(circuit)), 2.0);
  const Circuit made = circuit_of(network);
  const AmplifierSystem system(network, ideal_amplifiers(6));
  const Vector u0 = test::uniform_state(6, 0.3, random);
  const std::vector<double> times{1e-7, 1.3e-6, 4e-6, 9e-6};
  const AmplifierRun run =
      integrate(system, 2.0 * u0, {.rtol = 1e-10, .atol = 1e-12, .slowest = tau, .t_end = times.back(), .times = times});
  const ReferenceRun reference = integrate(
      made, u0, {.rtol = 1e-10, .atol = 1e-12, .t_end = times.back(), .sample_times = times, .stop_when_settled = false});
  EXPECT_LT((run.samples - 2.0 * reference.samples).cwiseAbs().maxCoeff(), 1e-8);
}

// The outputs that nobody has sent yet are those of the start: S g of it without a pole, 0 with one.
TEST(AmplifierDelay, HearsTheStartUntilTheFirstOutputArrives) {
  const double d = 2.5 * tau, u0 = 0.2, leave = 1e4;
  for (const bool pole : {false, true}) {
    ResistorNetwork network = inhibitory(2, 3.0, d);
    AmplifierModel amplifiers = ideal_amplifiers(2);
    if (pole) amplifiers.pole_hz = Vector::Constant(2, 1e7);
    const AmplifierSystem system(network, amplifiers);
    const double sent = pole ? 0.0 : std::tanh(3.0 * u0);
    const double total = network.conductance.cwiseAbs().row(0).sum() + network.leak[0];
    EXPECT_NEAR(1.0 / total, leave, 1e-9 * leave);
    const double goal = network.conductance.row(0).sum() / total * sent;
    const std::vector<double> times{0.5 * tau, tau, d};
    const AmplifierRun run = integrate(system, system.start(Vector::Constant(2, u0)),
                                       {.rtol = 1e-10, .atol = 1e-12, .slowest = tau, .t_end = 3.0 * tau, .times = times});
    for (std::size_t k = 0; k < times.size(); ++k) {
      EXPECT_NEAR(run.samples(static_cast<Index>(k), 0), goal + (u0 - goal) * std::exp(-times[k] / tau), 1e-9) << pole;
    }
  }
}

// What is heard late comes through R_o: Kirchhoff at the loaded output.
TEST(AmplifierDelay, ComesBeforeTheOutputResistance) {
  const ResistorNetwork network = inhibitory(3, 2.0, tau);
  AmplifierModel amplifiers = ideal_amplifiers(3);
  amplifiers.pole_hz = Vector::Constant(3, 1e6);
  amplifiers.output_resistance = Vector::Constant(3, 400.0);
  const AmplifierSystem system(network, amplifiers);
  Random random(13, Stream::test, 1);
  const Vector y = test::uniform_state(6, 0.5, random), heard = test::uniform_state(6, 0.5, random);
  const Vector rate = system.rate(y, heard);
  for (Index i = 0; i < 3; ++i) {
    double current = -network.leak[i] * y[i];
    for (Index j = 0; j < 3; ++j) {
      if (j == i) continue;
      const double g = -network.conductance(i, j);
      double load = 0.0, pulled = 0.0;
      for (Index k = 0; k < 3; ++k) load -= network.conductance(k, j), pulled -= network.conductance(k, j) * y[k];
      const double n = (-heard[3 + j] + 400.0 * pulled) / (1.0 + 400.0 * load);
      current += g * (n - y[i]);
    }
    EXPECT_NEAR(rate[i] * network.capacitance[i], current, 1e-12 * std::abs(current) + 1e-18);
    EXPECT_NEAR(system.inverted_outputs(y)[i], -y[3 + i], 1e-15);   // at the amplifier: what goes into the delay
  }
}

// Three units with a pole each: μ turns by atan ωτ + atan ω/p + ωd = π at |μ|² = (1 + ω²τ²)(1 + ω²/p²).
TEST(AmplifierDelay, OscillatesFromTheDelayOnThatItsPolesLeave) {
  const double gain = 0.9, mu = 2.0 * gain, r = 0.3;   // r = 1/(pτ)
  const double b = 1.0 + r * r, root = (-b + std::sqrt(b * b + 4.0 * r * r * (mu * mu - 1.0))) / (2.0 * r * r);   // ω²τ²
  const double x = std::sqrt(root);
  const double onset = (std::numbers::pi - std::atan(x) - std::atan(r * x)) / x * tau;
  AmplifierModel amplifiers = ideal_amplifiers(3);
  amplifiers.pole_hz = Vector::Constant(3, 0.5 * std::numbers::inv_pi / (r * tau));
  const auto point = operating_point(inhibitory(3, gain, onset), amplifiers, Vector::Zero(3));
  ASSERT_TRUE(point);
  EXPECT_LT(std::abs(point->poles_hz[0].real()), 1e-6 / tau);
  EXPECT_NEAR(std::abs(point->poles_hz[0].imag()), x / tau * 0.5 * std::numbers::inv_pi, 1e-6 / tau);
  for (const double share : {0.9, 0.999, 1.001, 1.1}) {
    const ResistorNetwork network = inhibitory(3, gain, share * onset);
    EXPECT_EQ(operating_point(network, amplifiers, Vector::Zero(3))->stable, share < 1.0);
    if (std::abs(share - 1.0) < 0.01) continue;   // too slow to watch
    const AmplifierSystem system(network, amplifiers);
    const AmplifierRun run = integrate(system, system.start(Vector::Constant(3, 0.02)), {.rtol = 1e-7, .atol = 1e-9, .slowest = tau});
    EXPECT_EQ(run.reason(), share < 1.0 ? EndReason::settled : EndReason::oscillating) << share;
    if (share > 1.0) {
      EXPECT_NEAR(run.period.value(), 2.0 * std::numbers::pi * tau / x, 0.1 * *run.period);
    }
  }
}

}  // namespace basin
