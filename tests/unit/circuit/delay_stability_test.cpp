// Roots against Lambert's function, closed forms and the growth of solutions that other code integrates.
#include "models/circuit/delay_stability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <iostream>
#include <numbers>

#include "models/ode/reference.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

using Complex = std::complex<double>;

DelayedLinearisation one_equation(double now, double late, double delay) {
  return {Matrix::Constant(1, 1, now), Matrix::Constant(1, 1, late), Vector::Constant(1, delay)};
}

/// n units that inhibit all others, at u = 0.
DelayedLinearisation all_inhibitory(Index n, double gain, double delay) {
  Matrix w = Matrix::Constant(n, n, -1.0);
  w.diagonal().setZero();
  Circuit circuit = test::circuit_of(w, gain);
  circuit.delay = Vector::Constant(n, delay);
  return linearise(circuit, Vector::Zero(n));
}

/// Unequal weights, time constants and delays, of which one is 0.
Circuit unequal_circuit(std::uint32_t number) {
  Random random(5, Stream::test, number);
  const Index n = 4;
  Matrix w(n, n);
  for (double& entry : w.reshaped()) entry = 0.5 * random.normal();
  Circuit circuit = test::circuit_of(w, 0.5 + random.uniform());
  circuit.delay = Vector::Zero(n);
  for (Index i = 0; i < n; ++i) {
    circuit.tau[i] = 0.5 + random.uniform();
    if (i > 0) circuit.delay[i] = 0.2 + 2.0 * random.uniform();
  }
  return circuit;
}

/// max|u| over [from, from + length], of a run too small for g to bend.
double height(const Matrix& samples, const std::vector<double>& times, double from, double length) {
  double largest = 0.0;
  for (std::size_t k = 0; k < times.size(); ++k) {
    if (times[k] >= from && times[k] < from + length) largest = std::max(largest, samples.row(static_cast<Index>(k)).cwiseAbs().maxCoeff());
  }
  return largest;
}

}  // namespace

// λ = a + W_k(b d e^{−ad})/d; the values are mpmath's lambertw to 20 digits.
TEST(DelayStability, OfOneEquationHasTheRootsOfLambertsFunction) {
  const struct { double a, b, d; Complex root; } cases[] = {
      {-1.0, -0.8, 1.5, {-0.400400650591277, 1.32962813723145}},
      {-1.0, 1.5, 2.0, {0.138066964885823, 0.0}},
      {-0.3, -2.5, 0.4, {-0.8855516131416, 3.51422467986867}},
      {-1.0, -3.0, 3.0, {0.232172718124887, 0.846541216603296}},
  };
  for (const auto& each : cases) {
    const DelayedLinearisation system = one_equation(each.a, each.b, each.d);
    const Eigen::VectorXcd roots = characteristic_roots(system);
    ASSERT_EQ(roots.size(), 1);
    EXPECT_LT(std::abs(Complex(roots[0].real(), std::abs(roots[0].imag())) - each.root), 1e-12) << each.b;
    EXPECT_EQ(is_stable(system), each.root.real() < 0.0);
  }
}

// The delays at which all-inhibitory networks begin to oscillate, τ_c = (π − atan ω)/ω with ω = √(μ² − 1).
TEST(DelayStability, ChangesAtTheDelayOfTheOscillationsOnset) {
  for (const auto& [n, gain] : {std::pair<Index, double>(3, 0.9), {5, 0.95}, {8, 0.5}}) {
    const double mu = gain * static_cast<double>(n - 1);
    const double omega = std::sqrt(mu * mu - 1.0);
    const double onset = (std::numbers::pi - std::atan(omega)) / omega;
    EXPECT_EQ(is_stable(all_inhibitory(n, gain, 0.9999 * onset)), true) << n;
    EXPECT_EQ(is_stable(all_inhibitory(n, gain, 1.0001 * onset)), false) << n;
    const Eigen::VectorXcd roots = characteristic_roots(all_inhibitory(n, gain, onset));
    EXPECT_LT(std::abs(roots[0].real()), 1e-10) << n;
    EXPECT_NEAR(std::abs(roots[0].imag()), omega, 1e-10) << n;
  }
}

// Small states grow or decay as fast as the rightmost root says.
TEST(DelayStability, HasTheRateAtWhichSolutionsGrow) {
  int grow = 0, decay = 0;
  for (std::uint32_t number = 0; number < 12; ++number) {
    const Circuit circuit = unequal_circuit(number);
    const DelayedLinearisation system = linearise(circuit, Vector::Zero(4));
    EXPECT_LT((system.now + system.late - jacobian(circuit, Vector::Zero(4))).cwiseAbs().maxCoeff(), 1e-14);
    const Eigen::VectorXcd roots = characteristic_roots(system);
    const double rate = roots[0].real(), turn = std::abs(roots[0].imag());
    ReferenceOptions options{.rtol = 1e-11, .atol = 1e-300, .t_end = 200.0, .sample_times = {}, .stop_when_settled = false, .record_energy = false};
    for (int k = 0; k <= 100'000; ++k) options.sample_times.push_back(2e-3 * k);
    Random random(6, Stream::test, number);
    const double size = std::min(1e-6, 1e-6 * std::exp(-200.0 * rate));
    const ReferenceRun run = integrate(circuit, test::uniform_state(4, size, random), options);
    const double period = turn > 0.0 ? 2.0 * std::numbers::pi / turn : 10.0;
    const double whole = period * std::max(1.0, std::floor(80.0 / period));
    const double seen = std::log(height(run.samples, options.sample_times, 180.0, period) /
                                 height(run.samples, options.sample_times, 180.0 - whole, period)) / whole;
    std::cout << "circuit " << number << ": rightmost root " << roots[0] << ", seen " << seen << "\n";
    EXPECT_NEAR(seen, rate, 5e-3) << number;
    EXPECT_EQ(is_stable(system), rate < 0.0) << number;
    ++(rate < 0.0 ? decay : grow);
  }
  EXPECT_GE(grow, 2);
  EXPECT_GE(decay, 2);
}

// Two modes 0.4 % apart, of which the even one, (1, 1), still decays and the odd one grows: (λ + 1)e^λ = μ at μ = −2.2578 and −2.2658.
TEST(DelayStability, TellsModesApartThatLieSideBySide) {
  Circuit circuit = test::circuit_of((Matrix(2, 2) << -2.2618, 0.004, 0.004, -2.2618).finished(), 1.0);
  circuit.delay = Vector::Ones(2);
  const DelayStability found = judge(circuit, Vector::Zero(2));
  ASSERT_EQ(found.roots.size(), 2);
  EXPECT_LT(std::abs((found.roots[0] + 1.0) * std::exp(found.roots[0]) + 2.2658), 1e-11);
  EXPECT_GT(found.roots[0].real(), 1e-3);
  EXPECT_EQ(found.stable, false);
}

// A pole a thousand times as fast as the node adds no turns: y′ = −y + 0.9 x(t − 2), x′ = 1000(−3 y − x).
TEST(DelayStability, NeedsNoMorePointsForAFastPole) {
  const double w = 1000.0;
  DelayedLinearisation system{Matrix::Zero(2, 2), Matrix::Zero(2, 2), Eigen::Vector2d(0.0, 2.0)};
  system.now << -1.0, 0.0, -3.0 * w, -w;
  system.late(0, 1) = 0.9;
  const Eigen::VectorXcd roots = characteristic_roots(system);
  ASSERT_EQ(roots.size(), 2);
  const Complex s = roots[0];
  EXPECT_LT(std::abs((s + 1.0) * (1.0 + s / w) * std::exp(2.0 * s) + 2.7), 1e-9);
  EXPECT_GT(s.real(), 0.0);   // beyond the onset at 0.77
}

// Both answers that no delay changes, for networks whose roots are too many to find.
TEST(DelayStability, NeedsNoRootsWhereTheDelaysDoNotMatter) {
  const auto large = [](double gain) {
    Random random(9, Stream::test, 0);
    Circuit circuit = test::circuit_of(test::gaussian(80, random), gain);
    circuit.delay = Vector::Constant(80, 100.0);
    return linearise(circuit, Vector::Zero(80));
  };
  EXPECT_EQ(characteristic_roots(large(0.1)).size(), 0);
  EXPECT_EQ(is_stable(large(0.1)), true);        // Σ|W_ij| λ < 1
  EXPECT_EQ(is_stable(large(0.4)), std::nullopt);
  DelayedLinearisation ferromagnet = large(0.1);
  ferromagnet.late = Matrix::Constant(80, 80, 1.5 / 80.0);
  EXPECT_EQ(is_stable(ferromagnet), false);      // u = (1, …, 1) grows
}

}  // namespace basin
