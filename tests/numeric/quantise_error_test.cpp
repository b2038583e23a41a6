#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/quantise.hpp"
#include "models/fixed/real_number.hpp"
#include "models/fixed/stepper.hpp"
#include "models/fixed/table.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

constexpr std::uint64_t seed = 99;

QuantiseOptions options_of(int step_exponent, Order order, double largest_start) {
  QuantiseOptions options;
  options.hardware.step_exponent = step_exponent;
  options.hardware.order = order;
  options.hardware.allow_unstable_step = true;
  options.largest_start = largest_start;
  return options;
}

std::vector<std::int64_t> raw_states(const FixedNetwork& network, const Vector& u) {
  std::vector<std::int64_t> raw;
  for (const double value : u) raw.push_back(raw_state(network, value));
  return raw;
}

/// A circuit of one of four kinds: random, all-inhibitory, unequal τ, and steep with biases.
Circuit drawn_circuit(std::uint32_t kind, Random& random) {
  const Index n = 2 + random.below(15);
  const double gain = kind == 3 ? 30.0 : 1.0 + 5.0 * random.uniform();
  Circuit circuit = test::circuit_of(test::gaussian(n, random), gain);
  if (kind == 1) circuit.weights = Matrix::Identity(n, n) - Matrix::Ones(n, n);
  if (kind == 2) {
    for (double& tau : circuit.tau) tau = 1.0 + 20.0 * random.uniform();
  }
  if (kind == 3) circuit.bias = test::uniform_state(n, 1.0, random);
  return circuit;
}

/// Half the words at ±largest, where the bound is tight.
Vector corner_start(Index n, double largest, Random& random) {
  Vector u = test::uniform_state(n, largest, random);
  for (double& value : u) {
    if (random.below(2) == 0) value = largest * random.sign();
  }
  return u;
}

/// |u| ≤ headroom·max(|u0|, B) plus rounding: no run that starts within B saturates, stable step or not, even though the
/// word has less than one bit to spare.
TEST(Overflow, IsOutOfReachOfWhatWasQuantised) {
  double fullest = 0.0;
  for (std::uint32_t k = 0; k < 400; ++k) {
    Random random(seed, Stream::test, k);
    const Circuit circuit = drawn_circuit(k % 4, random);
    const Order order = random.below(2) == 0 ? Order::one : Order::two;
    const int exponent = static_cast<int>(random.below(6)) + (order == Order::two ? 1 : 0);
    const double start = circuit.weights.cwiseAbs().rowwise().sum().maxCoeff();
    const Quantised q = quantise(circuit, options_of(exponent, order, start));
    Stepper<FixedNumber> stepper{FixedNumber(q.network)};
    stepper.load(raw_states(q.network, corner_start(circuit.size(), q.bound, random)));
    for (int step = 0; step < 300 && !stepper.settled(); ++step) {
      stepper.step();
      for (const auto u : stepper.state()) {
        fullest = std::max(fullest, std::abs(static_cast<double>(u)) / static_cast<double>(q.network.core.max_state()));
      }
    }
    ASSERT_FALSE(stepper.overflow()) << "seed " << seed << ", draw " << k << ", K = " << exponent;
  }
  std::printf("fullest state word: %.3f of its range\n", fullest);
  EXPECT_GT(fullest, 0.9);
}

/// The static error of a settled state: a move that rounds to nothing, |f| ≤ 2^(K−1) LSB_u/r, which `auto` keeps within a
/// sixteenth of the limit. A weak cue therefore moves: there is no dead zone wider than that.
TEST(DeadZone, IsAtMostASixteenthOfTheLimit) {
  int settled = 0;
  for (std::uint32_t k = 0; k < 100; ++k) {
    Random random(seed, Stream::test, 1000 + k);
    const Circuit circuit = drawn_circuit(k % 4, random);
    const Order order = k % 2 == 0 ? Order::one : Order::two;
    const Quantised q = quantise(circuit, options_of(5 + static_cast<int>(random.below(3)), order, 0.1));
    Stepper<FixedNumber> stepper{FixedNumber(q.network)};
    stepper.load(raw_states(q.network, test::uniform_state(circuit.size(), 0.1, random)));
    for (int step = 0; step < 100000 && !stepper.settled(); ++step) stepper.step();
    if (!stepper.settled()) continue;   // steep circuits may cycle by an LSB
    ++settled;
    for (std::size_t i = 0; i < stepper.state().size(); ++i) {
      const double n = static_cast<double>(stepper.number().sum(i, stepper.output())) * q.network.lsb_sum();
      const double u = static_cast<double>(stepper.state()[i]) * q.network.lsb_state;
      ASSERT_LE(std::abs(n - u), 1e-3 * q.bound / 16.0) << "seed " << seed << ", draw " << k;
    }
  }
  EXPECT_GT(settled, 70);
}

/// Against the same step in double on the realised circuit, where the error provably contracts: with Λ₁ = ‖W‖∞β < 1,
/// e ≤ (1 − h)e + hΛ₁e + ½LSB_u + h‖W‖∞ε_V, so e∞ ≤ (½LSB_u/h + ‖W‖∞ε_V)/(1 − Λ₁); ε_V of the table, plus e_0 ≤ ½LSB_u.
TEST(RoundingError, StaysWithinItsBoundOnContractingCircuits) {
  double closest = 0.0;
  for (std::uint32_t k = 0; k < 60; ++k) {
    Random random(seed, Stream::test, 2000 + k);
    constexpr Index n = 12;
    Circuit circuit = test::circuit_of(test::gaussian(n, random), 2.0);
    circuit.weights *= 0.4 / circuit.weights.cwiseAbs().rowwise().sum().maxCoeff();   // Λ₁ = 0.8
    circuit.bias = test::uniform_state(n, 0.3, random);
    const int exponent = 2 + static_cast<int>(random.below(6));
    const Quantised q = quantise(circuit, options_of(exponent, Order::one, 1.0));
    const FixedNetwork& net = q.network;
    const Circuit& realised = q.realised;
    const Vector u0 = test::uniform_state(n, 1.0, random);
    const double h = std::ldexp(1.0, -exponent);
    Stepper<FixedNumber> fixed{FixedNumber(net)};
    Stepper<RealNumber> real{RealNumber(realised, h, 1)};
    fixed.load(raw_states(net, u0));
    real.load(std::vector<double>(u0.begin(), u0.end()));

    const double rows = realised.weights.cwiseAbs().rowwise().sum().maxCoeff();
    const double table = interpolation_error({circuit.activation.of(0), 2.0, net.lsb_state}, net.core) + net.lsb_drive;
    const double bound = (0.5 * net.lsb_state / h + rows * table) / (1.0 - rows * 2.0);
    for (int step = 0; step < 200; ++step) {
      fixed.step();
      real.step();
      for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
        const double error = std::abs(static_cast<double>(fixed.state()[i]) * net.lsb_state - real.state()[i]);
        ASSERT_LE(error, bound) << "seed " << seed << ", draw " << k << ", step " << step;
        closest = std::max(closest, error / bound);
      }
    }
  }
  std::printf("largest rounding error: %.3f of its bound\n", closest);
  EXPECT_GT(closest, 0.02);   // the bound is of the right size
}

}  // namespace
}  // namespace basin
