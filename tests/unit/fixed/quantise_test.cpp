#include "models/fixed/quantise.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/design/error.hpp"
#include "models/fixed/fixed_number.hpp"
#include "models/fixed/stepper.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

constexpr std::uint64_t quantise_seed = 77;

Circuit random_circuit(Index n, double gain, std::uint32_t draw = 0) {
  Random random(quantise_seed, Stream::test, draw);
  Circuit circuit = test::circuit_of(test::gaussian(n, random), gain);
  circuit.bias = test::uniform_state(n, 0.3, random);
  return circuit;
}

QuantiseOptions options_of(int step_exponent = 5, Order order = Order::two) {
  QuantiseOptions options;
  options.hardware.step_exponent = step_exponent;
  options.hardware.order = order;
  options.largest_start = 0.5;
  return options;
}

std::string input_error(const Circuit& circuit, const QuantiseOptions& options) {
  try {
    quantise(circuit, options);
  } catch (const InputError& problem) {
    return problem.what();
  }
  return "";
}

TEST(Quantise, KeepsToItsFormulasOnRandomCircuits) {
  for (std::uint32_t draw = 0; draw < 30; ++draw) {
    const Circuit circuit = random_circuit(4 + draw, 4.0, draw);
    const QuantiseOptions options = options_of();
    const Quantised q = quantise(circuit, options);
    const FixedNetwork& net = q.network;
    EXPECT_NO_THROW(validate(net));
    const double limit = options.max_state_deviation;
    EXPECT_LE(32.0 * net.lsb_state, limit * q.bound / 8.0) << draw;
    EXPECT_GT(64.0 * net.lsb_state, limit * q.bound / 8.0) << draw;   // and no finer than that
    EXPECT_LE(net.lsb_drive, limit / 8.0);
    EXPECT_DOUBLE_EQ(net.lsb_state, std::ldexp(net.lsb_sum(), net.core.state_shift));
    EXPECT_EQ(net.core.weight_bits, 8);
    EXPECT_GE(std::ldexp(net.lsb_state, net.core.state_bits - 1), q.bound) << draw;
    EXPECT_LT(std::ldexp(net.lsb_state, net.core.state_bits - 2), q.bound * 1.01) << draw;   // no bit wasted
  }
}

/// ½ LSB of rounding for each of the 128 steps that a state remembers: a quarter of the range of nine bits.
TEST(Quantise, LeavesRoomForTheRoundingOfEveryStep) {
  QuantiseOptions options = options_of(7);
  options.hardware.state_bits = 9;
  options.hardware.state_fraction = 6;
  int refused = 0;
  for (std::uint32_t draw = 0; draw < 60; ++draw) {
    const Circuit circuit = random_circuit(6, 1.0, draw);
    if (!input_error(circuit, options).empty()) {
      ++refused;
      continue;
    }
    const Quantised q = quantise(circuit, options);
    EXPECT_LE(q.bound / q.network.lsb_state + 64.0, 255.0) << draw;
  }
  EXPECT_GT(refused, 5);
  EXPECT_LT(refused, 55);
}

TEST(Quantise, RealisesEveryWeightWithinHalfAnLsb) {
  const Circuit circuit = random_circuit(16, 4.0);
  const Quantised q = quantise(circuit, options_of());
  const Circuit& realised = q.realised;
  EXPECT_LE((realised.weights - circuit.weights).cwiseAbs().maxCoeff(), 0.5 * q.network.lsb_weight * (1 + 1e-12));
  EXPECT_LE((realised.bias - circuit.bias).cwiseAbs().maxCoeff(), 0.5 * q.network.lsb_sum() * (1 + 1e-12));
  EXPECT_NEAR(q.bound, invariant_bound(realised), 1e-12);
}

TEST(Quantise, TakesTheLargestStartAsTheScaleWhenItIsLarger) {
  QuantiseOptions options = options_of();
  options.largest_start = 100.0;
  const Quantised q = quantise(random_circuit(8, 4.0), options);
  EXPECT_DOUBLE_EQ(q.bound, 100.0);
  EXPECT_LT(std::abs(raw_state(q.network, 100.0) * q.network.lsb_state - 100.0), q.network.lsb_state);
}

TEST(Quantise, HoldsMultiplesOfARulesUnitExactly) {
  Matrix weights(3, 3);
  weights << 0, 3, -1, 3, 0, 2, -1, 2, 0;
  Circuit circuit = test::circuit_of(weights / 7.0, 4.0);
  QuantiseOptions options = options_of();
  options.exact_scale = 1.0 / 7.0;
  const FixedNetwork net = quantise(circuit, options).network;
  EXPECT_EQ(net.weights, (std::vector<std::int32_t>{0, 3, -1, 3, 0, 2, -1, 2, 0}));
  circuit.weights.col(1) *= 0.5;   // a (0, 1) unit: everything in halves
  EXPECT_EQ(quantise(circuit, options).network.weights, (std::vector<std::int32_t>{0, 3, -2, 6, 0, 4, -2, 2, 0}));
}

TEST(Quantise, AddsWeightBitsUntilTheSmallestMarginOutweighsTheirRounding) {
  const Circuit circuit = random_circuit(32, 4.0);
  QuantiseOptions options = options_of();
  options.smallest_margin = 0.01;   // 8 bits move a field by some 32·LSB/4 ≈ 0.03
  const Quantised q = quantise(circuit, options);
  const FixedNetwork& net = q.network;
  EXPECT_GT(net.core.weight_bits, 8);
  const Circuit& realised = q.realised;
  const auto moved = [&](const Matrix& w) { return (w - circuit.weights).cwiseAbs().rowwise().sum().maxCoeff(); };
  EXPECT_LT(moved(realised.weights), 0.01);
  options.hardware.weight_bits = net.core.weight_bits - 1;   // one bit less is not enough
  EXPECT_GE(moved(quantise(circuit, options).realised.weights), 0.01);
}

TEST(Quantise, AddsWeightBitsForALimitOfTheTotalDeviation) {
  const Circuit circuit = random_circuit(32, 4.0);
  QuantiseOptions options = options_of();
  int previous = 8;
  for (const double limit : {0.1, 0.01, 0.002}) {
    options.max_total_deviation = limit;
    const int bits = quantise(circuit, options).network.core.weight_bits;
    EXPECT_GE(bits, previous);
    previous = bits;
  }
  EXPECT_GE(previous, 12);
}

TEST(Quantise, PutsTheKinkOfAClippedLineOnTheTablesEnd) {
  Random random(quantise_seed, Stream::test, 3);
  const Circuit circuit = test::circuit_of(test::gaussian(8, random), 3.0, ActivationKind::clipped_linear);
  const FixedNetwork net = quantise(circuit, options_of()).network;
  EXPECT_NEAR(std::ldexp(net.lsb_state, net.core.table_domain), 1.0 / 3.0, 1e-12);
  EXPECT_EQ(net.core.table_segments, 8);   // the least there are: a straight line needs no more
}

TEST(Quantise, TakesAnExplicitWidthAndPoint) {
  const Circuit circuit = random_circuit(8, 4.0);
  QuantiseOptions options = options_of();
  options.hardware.state_bits = 20;
  options.hardware.state_fraction = 14;
  options.hardware.weight_bits = 6;
  options.hardware.table_segments = 32;
  const FixedNetwork net = quantise(circuit, options).network;
  EXPECT_EQ(net.core.state_bits, 20);
  EXPECT_EQ(net.core.weight_bits, 6);
  EXPECT_EQ(net.core.table_segments, 32);
  EXPECT_LE(net.lsb_state, std::ldexp(1.0, -14));
  EXPECT_GT(net.lsb_state, std::ldexp(1.0, -15));
}

TEST(Quantise, UsesTheWholeOfAnExplicitWidthWithoutAPoint) {
  const Circuit circuit = random_circuit(8, 4.0);
  QuantiseOptions options = options_of();
  options.hardware.state_bits = 12;
  const Quantised q = quantise(circuit, options);
  EXPECT_LE(q.bound, 2048 * q.network.lsb_state);
  EXPECT_GT(q.bound, 1000 * q.network.lsb_state);
}

TEST(Quantise, RefusesAStateThatCannotHoldTheCircuit) {
  QuantiseOptions options = options_of();
  options.file = "d.toml";
  options.hardware.state_bits = 12;
  options.hardware.state_fraction = 12;
  const std::string text = input_error(random_circuit(8, 4.0), options);
  EXPECT_EQ(text.rfind("d.toml: hardware.state: ", 0), 0U) << text;
  EXPECT_NE(text.find("allowed at most 12"), std::string::npos) << text;
}

TEST(Quantise, RefusesMoreSegmentsThanStates) {
  QuantiseOptions options = options_of();
  options.hardware.state_bits = 8;
  options.hardware.table_segments = 1024;
  EXPECT_NE(input_error(random_circuit(8, 4.0), options).find("hardware.activation_table"), std::string::npos);
}

TEST(Quantise, RefusesAStepThatBreaksTheRuleUnlessTold) {
  const Circuit circuit = test::circuit_of(test::inhibition(), 10.0);   // order 2: h < 1/11
  EXPECT_THROW(quantise(circuit, options_of(3)), ClaimError);
  EXPECT_NO_THROW(quantise(circuit, options_of(4)));
  QuantiseOptions options = options_of(3);
  options.hardware.allow_unstable_step = true;
  const Quantised q = quantise(circuit, options);
  EXPECT_NEAR(q.stability_limit, 1.0 / 11.0, 1e-3);   // of the table, whose steepest segment is a rounded one
  EXPECT_NE(q.stability_note.find("breaks the stability rule"), std::string::npos);
}

TEST(Quantise, SaysWhenNoEnergyArgumentExists) {
  Matrix skew(2, 2);
  skew << 0.0, 1.0, -1.0, 0.0;
  const Quantised q = quantise(test::circuit_of(skew, 4.0), options_of(1));
  EXPECT_EQ(q.stability_note, "no energy argument: W is not symmetric");
  EXPECT_EQ(q.stability_limit, 0.0);
}

TEST(Quantise, JudgesWeightsThatAScalingMakesSymmetric) {
  Circuit circuit = test::circuit_of(test::inhibition(), 10.0);
  circuit.weights.row(0) *= 3.0;   // the product of both directions counts: Λ = √3
  const Quantised q = quantise(circuit, options_of(5));
  EXPECT_EQ(q.stability_note, "");
  EXPECT_NEAR(q.stability_limit, 1.0 / (1.0 + 10.0 * std::sqrt(3.0)), 1e-3);
}

TEST(Quantise, RunsHardUnitsExactlyAtAWholeStep) {
  Random random(quantise_seed, Stream::test, 4);
  constexpr Index n = 12;
  Matrix weights = test::gaussian(n, random);
  weights = (weights * 20.0).array().round() / 20.0;
  const Circuit circuit = test::circuit_of(weights, 1.0, ActivationKind::hard);
  QuantiseOptions options = options_of(0, Order::one);
  options.exact_scale = 0.05;
  const Quantised q = quantise(circuit, options);
  EXPECT_EQ(q.stability_note, "no energy argument: the units are hard");
  Stepper<FixedNumber> model{FixedNumber(q.network)};
  Vector s = test::uniform_state(n, 1.0, random).array().sign();
  std::vector<std::int64_t> start;
  for (const double sign : s) start.push_back(raw_state(q.network, 0.5 * sign));
  model.load(start);
  for (int step = 0; step < 20; ++step) {
    model.step();
    const Vector field = 20.0 * weights * s;   // whole numbers: ties are ties
    for (Index i = 0; i < n; ++i) s[i] = std::round(field[i]) >= 0.0 ? 1.0 : -1.0;
    for (Index i = 0; i < n; ++i) ASSERT_EQ(model.output()[static_cast<std::size_t>(i)], s[i] * q.network.core.full_code());
  }
}

TEST(Quantise, AddsTheTauFeatureOnlyWhenTimeConstantsDiffer) {
  Circuit circuit = random_circuit(4, 4.0);
  EXPECT_FALSE(quantise(circuit, options_of()).network.core.tau);
  circuit.tau << 2e-6, 3e-6, 4e-6, 2e-6;
  const Quantised q = quantise(circuit, options_of());
  const FixedNetwork& net = q.network;
  ASSERT_TRUE(net.core.tau);
  EXPECT_EQ(net.taus, (std::vector<std::uint8_t>{255, 170, 127, 255}));   // round(256 · 2/3) − 1 = 170
  EXPECT_DOUBLE_EQ(net.dt, 2e-6 / 32);
  const Circuit& realised = q.realised;
  EXPECT_DOUBLE_EQ(realised.tau[1], 2e-6 * 256 / 171);
  EXPECT_DOUBLE_EQ(realised.tau[0], 2e-6);
  circuit.tau[2] = 2e-3;
  EXPECT_THROW(quantise(circuit, options_of()), ClaimError);
}

TEST(Quantise, CountsDelaysInStepsAndMakesPagesForThem) {
  Circuit circuit = random_circuit(4, 4.0);
  EXPECT_EQ(quantise(circuit, options_of()).network.core.pages, 2);
  circuit.delay = Vector::Zero(4);
  EXPECT_TRUE(quantise(circuit, options_of()).network.delays.empty());
  circuit.delay << 0.0, 0.5, 2.01, 1.0;
  const Quantised q = quantise(circuit, options_of());   // dt = 1/32
  EXPECT_EQ(q.network.delays, (std::vector<std::uint16_t>{0, 16, 64, 32}));
  EXPECT_EQ(q.network.longest_delay, 64);
  EXPECT_EQ(q.network.core.pages, 128);
  EXPECT_EQ(q.realised.delay, Vector(Eigen::Vector4d(0.0, 0.5, 2.0, 1.0)));
  EXPECT_EQ(q.stability_note, "no energy argument: outputs are heard late");
}

// The least 2^-K, K from 5 on, of which whole steps come within a thousandth: 0.3 · 2^K = 9.6, 19.2, 38.4, 76.8, 153.6, 307.2.
TEST(Quantise, TakesAFinerStepForTheDelaysOnItsOwn) {
  Circuit circuit = random_circuit(4, 1.0);
  circuit.delay = Vector::Constant(4, 0.3);
  QuantiseOptions options = options_of();
  options.hardware.automatic_step = true;
  const Quantised q = quantise(circuit, options);
  EXPECT_EQ(q.network.step_exponent, 10);
  EXPECT_EQ(q.network.delays[0], 307);
  circuit.delay.setConstant(0.3125);
  EXPECT_EQ(quantise(circuit, options).network.step_exponent, 5);
  circuit.delay.setConstant(0.01);     // less than half of 1/32: 5.12, 10.24 steps of 1/512 and 1/1024
  EXPECT_EQ(quantise(circuit, options).network.step_exponent, 10);
  circuit.delay[0] = 2.5;              // a long one besides: up to 2,560 steps
  EXPECT_EQ(quantise(circuit, options).network.delays, (std::vector<std::uint16_t>{2560, 10, 10, 10}));
  EXPECT_EQ(quantise(circuit, options).reasons.back(), "delays up to 2560 steps: neuron 1 the furthest off, 0.009765625 for 0.01");
  circuit.delay.setConstant(100.01);   // 3,200 steps; finer ones would be too many
  EXPECT_EQ(quantise(circuit, options).network.step_exponent, 5);
}

TEST(Quantise, RefusesDelaysThatTheCoreHasNot) {
  Circuit circuit = random_circuit(4, 4.0);
  circuit.delay = Vector::Constant(4, 0.01);
  EXPECT_NE(input_error(circuit, options_of()).find("circuit.delay: that of neuron 0, 0.01, is less than half a step"), std::string::npos)
      << input_error(circuit, options_of());
  circuit.delay.setConstant(200.0);
  EXPECT_NE(input_error(circuit, options_of()).find("is 6400 steps of the core; allowed: 4094"), std::string::npos)
      << input_error(circuit, options_of());
}

TEST(Quantise, AddsTheGainFeatureOnlyWhenGainsDiffer) {
  Circuit circuit = random_circuit(4, 4.0);
  EXPECT_FALSE(quantise(circuit, options_of()).network.core.gain);
  circuit.gain << 8.0, 3.0, 1.0, 0.3;
  const FixedNetwork net = quantise(circuit, options_of()).network;
  ASSERT_TRUE(net.core.gain);
  const Vector realised = realised_gain(net, circuit);
  for (Index i = 0; i < 4; ++i) EXPECT_NEAR(realised[i] / circuit.gain[i], 1.0, 1.0 / 256) << i;
  EXPECT_EQ(realised[0], 8.0);
  EXPECT_EQ(realised[2], 1.0);
  circuit.gain[3] = 1e-6;
  EXPECT_THROW(quantise(circuit, options_of()), ClaimError);
}

TEST(Quantise, LeavesRoomForTheBiasesOfCues) {
  const Circuit circuit = random_circuit(6, 4.0);
  QuantiseOptions options = options_of();
  options.largest_cue_bias = 5.0;
  const FixedNetwork net = quantise(circuit, options).network;
  const Vector cue = (circuit.bias.array() + 5.0).matrix();
  const auto raw = raw_bias(net, cue);
  EXPECT_NO_THROW(validate_biases(net, raw));
  for (std::size_t i = 0; i < raw.size(); ++i) {
    EXPECT_NEAR(raw[i] * net.lsb_sum(), cue[static_cast<Index>(i)], 0.5 * net.lsb_sum() * (1 + 1e-9));
  }
}

TEST(Quantise, TakesACircuitWithoutWeightsOrBiases) {
  EXPECT_NO_THROW(quantise(test::circuit_of(Matrix::Zero(3, 3), 1.0), options_of()));
  QuantiseOptions still = options_of();
  still.largest_start = 0.0;
  EXPECT_NO_THROW(quantise(test::circuit_of(Matrix::Zero(3, 3), 1.0), still));
}

}  // namespace
}  // namespace basin
