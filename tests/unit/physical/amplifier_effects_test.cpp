#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "models/design/error.hpp"
#include "models/physical/realisation.hpp"
#include "tests/support/fixed_circuits.hpp"
#include "tests/unit/physical/ideal_spec.hpp"

// What real amplifiers do besides g, one at a time, against closed forms.
namespace basin {
namespace {

/// N neurons without inputs, whose u stays where it is for long: RC = 1 s.
ResistorNetwork idle_network(Index n, double gain, double swing, ActivationKind kind = ActivationKind::tanh) {
  Circuit circuit = test::circuit_of(Matrix::Zero(n, n), gain, kind);
  circuit.resistance.setConstant(1e6);
  return make_network(circuit, swing);
}

double output(const ResistorNetwork& network, const AmplifierModel& model, double u) {
  const AmplifierSystem system(network, model);
  return system.positive_outputs(system.at_rest(Vector::Constant(network.size(), u)))[0];
}

}  // namespace

// An amplifier of open-loop gain A whose feedback sends back the share 1/λ of its output amplifies by A/(1 + A/λ).
TEST(AmplifierEffects, OpenLoopGainLowersTheGainAsFeedbackDoes) {
  const ResistorNetwork network = idle_network(1, 10.0, 2.0);
  AmplifierSpec spec = ideal_spec(1);
  spec.open_loop_gain = Vector::Constant(1, 40.0);
  const AmplifierModel model = amplifier_model(spec, network);
  EXPECT_NEAR(output(network, model, 1e-6) / 1e-6, 40.0 / (1.0 + 40.0 / 10.0), 1e-6);
  EXPECT_NEAR(output(network, model, 0.3), 2.0 * std::tanh(8.0 * 0.3 / 2.0), 1e-14);
}

// The product of closed-loop gain and bandwidth stays: the pole moves up as the gain goes down.
TEST(AmplifierEffects, OpenLoopGainKeepsTheGainBandwidthProduct) {
  const ResistorNetwork network = idle_network(1, 10.0, 1.0);
  AmplifierSpec spec = ideal_spec(1);
  spec.open_loop_gain = Vector::Constant(1, 40.0);
  spec.gain_bandwidth_hz = Vector::Constant(1, 8e6);
  EXPECT_NEAR(amplifier_model(spec, network).pole_hz[0], 1e6, 1e-6);
}

TEST(AmplifierEffects, SaturationCutsTheOutputOffOnBothSides) {
  const ResistorNetwork network = idle_network(1, 5.0, 1.0);
  AmplifierSpec spec = ideal_spec(1);
  spec.saturation_v = Vector::Constant(1, 0.6);
  const AmplifierModel model = amplifier_model(spec, network);
  EXPECT_EQ(output(network, model, 1.0), 0.6);
  EXPECT_EQ(output(network, model, -1.0), -0.6);
  EXPECT_NEAR(output(network, model, 0.1), std::tanh(0.5), 1e-15);  // 0.46: below it
  const AmplifierSystem system(network, model);
  EXPECT_EQ(system.inverted_outputs(Vector::Constant(1, 1.0))[0], -0.6);
}

TEST(AmplifierEffects, AnOffsetIsSeenBesidesTheInput) {
  const ResistorNetwork network = idle_network(1, 5.0, 1.0);
  AmplifierSpec spec = ideal_spec(1);
  spec.input_offset_v = Vector::Constant(1, 0.02);
  EXPECT_NEAR(output(network, amplifier_model(spec, network), 0.1), std::tanh(5.0 * 0.12), 1e-15);
}

// A step of the source: x rises by the slew rate until it is v_l = slew/ω behind, then by an exponential.
TEST(AmplifierEffects, SlewLimitsTheRiseAndThenThePoleTakesOver) {
  const ResistorNetwork network = idle_network(1, 5.0, 1.0);
  AmplifierSpec spec = ideal_spec(1);
  const double slew = 1e5, pole = 1e5;
  spec.slew_rate_v_per_s = Vector::Constant(1, slew);
  spec.gain_bandwidth_hz = Vector::Constant(1, 5.0 * pole);
  const AmplifierSystem system(network, amplifier_model(spec, network));
  const double u = 1.0, source = std::tanh(5.0), omega = 2.0 * std::numbers::pi * pole, behind = slew / omega;
  const double turn = (source - behind) / slew;
  const std::vector<double> times{0.5 * turn, turn + 0.5 / omega, turn + 2.0 / omega};
  const AmplifierRun run =
      integrate(system, system.start(Vector::Constant(1, u)),
                {.rtol = 1e-10, .atol = 1e-12, .slowest = 1.0, .t_end = times.back(), .times = times});
  EXPECT_NEAR(run.samples(0, 1), slew * times[0], 1e-6);
  EXPECT_NEAR(run.samples(1, 1), source - behind * std::exp(-0.5), 1e-4);  // u falls by 1e-5 in the time
  EXPECT_NEAR(run.samples(2, 1), source - behind * std::exp(-2.0), 1e-4);
}

// docs/math.md: without a gain–bandwidth product x slews where it is more than S/20 behind.
TEST(AmplifierEffects, SlewAloneBringsAPoleOfItsOwn) {
  const ResistorNetwork network = idle_network(1, 5.0, 2.0);
  AmplifierSpec spec = ideal_spec(1);
  spec.slew_rate_v_per_s = Vector::Constant(1, 4.0);
  EXPECT_NEAR(2.0 * std::numbers::pi * amplifier_model(spec, network).pole_hz[0], 4.0 / 0.1, 1e-12);
  spec.slew_rate_v_per_s = Vector::Constant(1, 1e12);  // as good as unlimited: a thousand times as fast as RC = 1 s
  EXPECT_NEAR(2.0 * std::numbers::pi * amplifier_model(spec, network).pole_hz[0], 1000.0, 1e-9);
}

// x far behind moves slowly, but has not arrived.
TEST(AmplifierEffects, ASlewingCircuitIsNotAtRest) {
  const ResistorNetwork network = idle_network(1, 5.0, 1.0);
  AmplifierSpec spec = ideal_spec(1);
  spec.slew_rate_v_per_s = Vector::Constant(1, 1e-5);
  spec.gain_bandwidth_hz = Vector::Constant(1, 1e6);
  const AmplifierSystem system(network, amplifier_model(spec, network));
  EXPECT_GT(system.residual(system.start(Vector::Constant(1, 1.0))), 0.9);
}

TEST(AmplifierEffects, HaveTheJacobianOfTheirRate) {
  Random random(12, Stream::test, 1);
  Circuit circuit = test::circuit_of(test::gaussian(5, random), 5.0);
  circuit.resistance.setConstant(1e4);
  circuit.tau.setConstant(1e-7);
  const ResistorNetwork network = make_network(rescaled(circuit, passive_scale(circuit)), 2.0);
  AmplifierSpec spec = ideal_spec(5);
  spec.open_loop_gain = Vector::Constant(5, 30.0);
  spec.saturation_v = Vector::Constant(5, 1.0);
  spec.input_offset_v = Vector::LinSpaced(5, -0.1, 0.1);
  spec.output_resistance_ohm.setConstant(200.0);
  for (const bool slews : {false, true}) {
    if (slews) {
      spec.slew_rate_v_per_s = Vector::Constant(5, 1e7);
      spec.gain_bandwidth_hz = Vector::Constant(5, 2e7);
    }
    const AmplifierSystem system(network, amplifier_model(spec, network));
    const Vector y = test::uniform_state(system.size(), 0.7, random);
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

TEST(AmplifierEffects, OfHardUnitsAreRefusedWithTheirKey) {
  const ResistorNetwork network = idle_network(1, 5.0, 1.0, ActivationKind::hard);
  for (const auto& [key, values] : {std::pair("open_loop_gain", &AmplifierSpec::open_loop_gain),
                                    std::pair("slew_rate", &AmplifierSpec::slew_rate_v_per_s)}) {
    AmplifierSpec spec = ideal_spec(1);
    spec.*values = Vector::Constant(1, 10.0);
    try {
      amplifier_model(spec, network);
      ADD_FAILURE() << key;
    } catch (const ClaimError& error) {
      EXPECT_EQ(std::string(error.what()).find(std::string("amplifier.") + key), 0U) << error.what();
    }
  }
}

}  // namespace basin
