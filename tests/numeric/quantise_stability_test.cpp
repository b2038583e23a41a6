#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/quantise.hpp"
#include "models/fixed/real_number.hpp"
#include "models/fixed/stability.hpp"
#include "models/fixed/stepper.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

Stepper<RealNumber> real_stepper(const Circuit& circuit, double h, int order, const Vector& u0) {
  Stepper<RealNumber> stepper{RealNumber(circuit, h, order)};
  stepper.load(std::vector<double>(u0.begin(), u0.end()));
  return stepper;
}

Vector state_of(const Stepper<RealNumber>& stepper) {
  return Eigen::Map<const Vector>(stepper.state().data(), static_cast<Index>(stepper.state().size()));
}

struct Control {
  int order;
  double gain, h;
  double jump;   // |Δu| of the 2-cycle; 0 when it settles
};
// Two inhibitory units from (0.3, 0.3), just below and just above h = 2/(1 + λ) and 1/(1 + λ). The sizes of the cycles come
// from an independent emulation of the map.
constexpr Control controls[] = {{1, 4.0, 0.388, 0.0},    {1, 4.0, 0.412, 0.169},  {2, 4.0, 0.199, 0.0},
                                {2, 4.0, 0.201, 0.0686}, {2, 4.0, 0.206, 0.169},  {2, 1.5, 0.398, 0.0},
                                {2, 1.5, 0.402, 0.211},  {2, 10.0, 0.09045, 0.0}, {2, 10.0, 0.09136, 0.0257}};

TEST(NegativeControl, SettlesBelowTheBoundAndCyclesAboveIt) {
  for (const Control& control : controls) {
    Circuit circuit = test::circuit_of(test::inhibition(), control.gain);
    auto stepper = real_stepper(circuit, control.h, control.order, Vector::Constant(2, 0.3));
    for (int k = 0; k < 40000; ++k) stepper.step();
    const Vector a = state_of(stepper);
    stepper.step();
    const Vector b = state_of(stepper);
    stepper.step();
    const Vector c = state_of(stepper);
    std::printf("order %d, gain %g, h = %g: |du| = %.3g\n", control.order, control.gain, control.h,
                (b - a).cwiseAbs().maxCoeff());
    EXPECT_NEAR((b - a).cwiseAbs().maxCoeff(), control.jump, control.jump > 0.0 ? 1e-3 : 1e-6) << control.h;
    EXPECT_LT((c - a).cwiseAbs().maxCoeff(), 1e-6) << control.h;   // at rest, or of period 2
  }
}

/// Largest |u| and |Δu| of the golden model's first neuron over its last steps, in LSB.
std::pair<double, double> golden_end(int step_exponent, FixedNetwork& network) {
  QuantiseOptions options;
  options.largest_start = 0.3;
  options.hardware.order = Order::two;
  options.hardware.allow_unstable_step = true;
  options.hardware.step_exponent = step_exponent;
  network = quantise(test::circuit_of(test::inhibition(), 4.0), options).network;
  Stepper<FixedNumber> stepper{FixedNumber(network)};
  stepper.load(std::vector<std::int64_t>(2, raw_state(network, 0.3)));
  double largest = 0.0, jump = 0.0;
  for (int k = 0; k < 4000; ++k) {
    const auto before = stepper.state()[0];
    stepper.step();
    if (k < 3990) continue;
    largest = std::max(largest, static_cast<double>(std::abs(stepper.state()[0])));
    jump = std::max(jump, static_cast<double>(std::abs(stepper.state()[0] - before)));
  }
  return {largest, jump};
}

/// 1/8 < 1/5 < 1/4. Below the bound what is left is rounding: at most 2^(K−1) LSB from the equilibrium 0.
TEST(NegativeControl, CyclesInTheGoldenModelOnlyWhenTheRuleWasWaived) {
  FixedNetwork network;
  EXPECT_LE(golden_end(3, network).first, 4.0);
  EXPECT_GT(golden_end(2, network).second * network.lsb_state, 0.1);
}

/// ½ D(V_k, V_{k−1}) + ¼ aᵀ(W + 2Λ)a with the Bregman distance D of ∫g⁻¹: what Ê adds to E at order 2 (R = 1).
double energy_of_memory(const Circuit& circuit, const Vector& u, const Vector& before, double lambda) {
  const Vector v = outputs(circuit, u), w = outputs(circuit, before);
  const Vector a = v - w;
  double distance = 0.0;
  for (Index i = 0; i < u.size(); ++i) {
    const double gain = circuit.gain[i];
    const Activation& g = circuit.activation.of(i);
    distance += (g.energy(gain * u[i]) - g.energy(gain * before[i])) / gain - before[i] * a[i];
  }
  return 0.5 * distance + 0.25 * a.dot(circuit.weights * a + 2.0 * lambda * a);
}

/// Largest rise of the energy in one step relative to its scale: E at order 1, Ê at order 2.
double largest_rise(const Circuit& circuit, double h, int order, const Vector& u0, double lambda) {
  auto stepper = real_stepper(circuit, h, order, u0);
  double before = energy(circuit, u0);
  Vector u = u0;
  double rise = 0.0;
  for (int k = 0; k < 400; ++k) {
    stepper.step();
    const Vector next = state_of(stepper);
    const double now = energy(circuit, next) + (order == 2 ? energy_of_memory(circuit, next, u, lambda) : 0.0);
    rise = std::max(rise, now - before);
    before = now;
    u = next;
  }
  return rise / energy_scale(circuit);
}

constexpr std::uint64_t seed = 4711;

TEST(EnergyTheorem, TheEnergyOfTheStepNeverRisesBelowTheBound) {
  double worst = 0.0;
  for (std::uint32_t k = 0; k < 120; ++k) {
    Random random(seed, Stream::test, k);
    const Index n = 2 + random.below(11);
    const double gain = 1.0 + 19.0 * random.uniform();
    const Matrix weights = k % 4 == 0 ? Matrix(Matrix::Identity(n, n) - Matrix::Ones(n, n)) : test::gaussian(n, random);
    Circuit circuit = test::circuit_of(weights, gain);
    circuit.bias = test::uniform_state(n, 0.5, random);
    const Vector ones = Vector::Ones(n);
    const double lambda = std::max(0.0, -least_eigenvalue(weights, ones));
    const Vector u0 = test::uniform_state(n, 1.0, random);
    for (const int order : {1, 2}) {
      const StepRule rule = StepRules(weights, ones, ones, ones, static_cast<Order>(order)).at(gain);
      const double rise = largest_rise(circuit, 0.995 * rule.limit(), order, u0, lambda);
      EXPECT_LE(rise, 1e-13) << "seed " << seed << ", draw " << k << ", order " << order;
      worst = std::max(worst, rise);
    }
  }
  std::printf("largest relative rise at 0.995 of the bound: %.2g\n", worst);
}

TEST(EnergyTheorem, HoldsForUnequalTimeConstantsAndGainsAtOrder1) {
  for (std::uint32_t k = 0; k < 60; ++k) {
    Random random(seed, Stream::test, 1000 + k);
    constexpr Index n = 8;
    Circuit circuit = test::circuit_of(test::gaussian(n, random), 1.0);
    for (Index i = 0; i < n; ++i) {
      circuit.tau[i] = 1.0 + 3.0 * random.uniform();
      circuit.gain[i] = 1.0 + 9.0 * random.uniform();
    }
    const Vector shares = circuit.tau.minCoeff() * circuit.tau.cwiseInverse();
    const StepRule rule = StepRules(circuit.weights, Vector::Ones(n), circuit.gain, shares, Order::one).at(1.0);
    const Vector u0 = test::uniform_state(n, 1.0, random);
    EXPECT_LE(largest_rise(circuit, 0.995 * rule.limit(), 1, u0, 0.0), 1e-13) << "seed " << seed << ", draw " << k;
  }
}

TEST(EnergyTheorem, FailsAboveTheBoundForInhibitoryUnits) {
  const Circuit circuit = test::circuit_of(test::inhibition(), 4.0);
  EXPECT_GT(largest_rise(circuit, 0.45, 1, Vector::Constant(2, 0.05), 1.0), 1e-6);
  EXPECT_GT(largest_rise(circuit, 0.23, 2, Vector::Constant(2, 0.05), 1.0), 1e-6);
}

}  // namespace
}  // namespace basin
