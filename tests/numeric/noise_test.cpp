// Johnson noise against thermodynamics, the Fokker-Planck equation and closed forms. Confidence intervals are of 99.9 %.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <vector>

#include "models/ode/reference.hpp"
#include "models/ode/thermal_noise.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

constexpr double boltzmann = 1.380649e-23;
constexpr double quantile = 3.2905;   // of the normal distribution, two-sided

/// Rows: the states at `first`, `first + every`, … after u(0) = u0.
Matrix sampled(const Circuit& circuit, const Vector& u0, double energy, double step, double first, double every, int count) {
  ThermalNoise noise{energy, step, Random(7, Stream::test, 0)};
  ReferenceOptions options;
  options.noise = &noise;
  options.record_energy = false;
  for (int k = 0; k < count; ++k) options.sample_times.push_back(first + every * k);
  options.t_end = options.sample_times.back();
  const ReferenceRun run = integrate(circuit, u0, options);
  EXPECT_EQ(run.reason, EndReason::time_limit);
  return run.samples;
}

/// The mean of f over all samples and, from the spread of the neurons' own means, the half width of its confidence interval.
template <typename F>
std::pair<double, double> mean_of(const Matrix& samples, F f) {
  const Vector means = samples.unaryExpr(f).colwise().mean();   // one a neuron, each a copy of the same random process
  const auto n = static_cast<double>(means.size());
  const double mean = means.mean();
  return {mean, quantile * std::sqrt((means.array() - mean).square().sum() / (n - 1.0) / n)};
}

void expect_within(const char* what, std::pair<double, double> found, double expected) {
  std::cout << "noise: " << what << " " << found.first << " ± " << found.second << ", expected " << expected << "\n";
  EXPECT_LE(std::abs(found.first - expected), found.second) << what;
  EXPECT_LE(found.second, 0.2 * std::abs(expected)) << what;   // an interval that says something
}

TEST(ThermalNoise, OfAResistorOnACapacitorIsKTOverC) {
  constexpr double capacitance = 10e-12, resistance = 1e5, tau = resistance * capacitance;
  Circuit circuit = test::plain_circuit(Matrix::Zero(200, 200), 1.0);
  circuit.resistance.setConstant(resistance);
  circuit.tau.setConstant(tau);
  const Matrix u = sampled(circuit, Vector::Zero(200), 300.0 * boltzmann, 0.02 * tau, 5.0 * tau, tau, 200);
  const auto [mean, half] = mean_of(u, [](double x) { return x * x; });
  expect_within("var(u) at 300 K on 10 pF", {mean, half}, 300.0 * boltzmann / capacitance);
  EXPECT_NEAR(std::sqrt(mean), 20.3e-6, 0.3e-6);
}

TEST(ThermalNoise, OfANormalisedNeuronIsTOverTau) {
  Circuit circuit = test::plain_circuit(Matrix::Zero(200, 200), 1.0);
  circuit.tau.setConstant(4.0);
  const Matrix u = sampled(circuit, Vector::Zero(200), 0.3, 0.08, 20.0, 4.0, 200);
  expect_within("var(u) at T = 0.3, tau = 4", mean_of(u, [](double x) { return x * x; }), 0.3 / 4.0);
}

// A step may be longer than the samples are apart: var(u(t)) = (T/τ)(1 − exp(−2t/τ)) at a time within what would be the first step.
TEST(ThermalNoise, HasTheVarianceOfItsTimeAtSamplesWithinAStep) {
  const Circuit circuit = test::plain_circuit(Matrix::Zero(1000, 1000), 1.0);
  const Matrix u = sampled(circuit, Vector::Zero(1000), 0.3, 0.4, 0.1, 0.1, 4);
  const auto [variance, half] = mean_of(u.topRows(1), [](double x) { return x * x; });
  expect_within("var(u) a quarter into a step", {variance, half}, 0.3 * (1.0 - std::exp(-0.2)));
}

// Rest is where |u̇| is small, and it is smaller than that for long where there is hardly any noise.
TEST(ThermalNoise, LetsNoRunComeToRest) {
  const Circuit circuit = test::plain_circuit(Matrix::Zero(2, 2), 1.0);
  ThermalNoise noise{1e-30, 0.1, Random(7, Stream::test, 0)};
  ReferenceOptions options;
  options.noise = &noise;
  options.t_end = 200.0;
  const ReferenceRun run = integrate(circuit, Vector::Constant(2, 0.5), options);
  EXPECT_EQ(run.reason, EndReason::time_limit);
  EXPECT_EQ(run.t_final, 200.0);
}

TEST(ThermalNoise, HasTheDensityOfTheFokkerPlanckEquationInADoubleWell) {
  // du = (−u + 1.5 tanh 2u + 0.1) dt + 1.2 dW: density ∝ exp(−2Φ/1.44), Φ = u²/2 − 0.75 ln cosh 2u − 0.1u. Means by quadrature.
  constexpr Index copies = 256;
  Circuit circuit = test::plain_circuit(1.5 * Matrix::Identity(copies, copies), 2.0);
  circuit.bias.setConstant(0.1);
  const Matrix u = sampled(circuit, Vector::Zero(copies), 0.5 * 1.2 * 1.2, 0.02, 30.0, 1.0, 400);
  expect_within("P(u > 0)", mean_of(u, [](double x) { return x > 0.0 ? 1.0 : 0.0; }), 0.604141);
  expect_within("E[u^2]", mean_of(u, [](double x) { return x * x; }), 3.030503);
  expect_within("E[tanh 2u]", mean_of(u, [](double x) { return std::tanh(2.0 * x); }), 0.204381);
  expect_within("E[u]", mean_of(u, [](double x) { return x; }), 0.406572);
}

TEST(ThermalNoise, WithADelayHasTheVarianceOfTheLinearDelayEquation) {
  // du = (−u + w u(t − d)) dt + σ dW: var = σ²(λ − w sinh λd)/(2λ(1 − w cosh λd)), λ = √(1 − w²) (Küchler & Mensch 1992).
  constexpr double w = -0.8, d = 1.5, energy = 1e-4;
  Circuit circuit = test::plain_circuit(w * Matrix::Identity(200, 200), 1.0, ActivationKind::clipped_linear);
  circuit.delay = Vector::Constant(200, d);
  const double rate = std::sqrt(1.0 - w * w);
  const double expected = 2.0 * energy * (rate - w * std::sinh(rate * d)) / (2.0 * rate * (1.0 - w * std::cosh(rate * d)));
  const Matrix u = sampled(circuit, Vector::Zero(200), energy, 0.02, 20.0, 1.0, 400);
  expect_within("var(u) with delay", mean_of(u, [](double x) { return x * x; }), expected);
}

TEST(ThermalNoise, AtZeroTemperatureLeavesTheCircuit) {
  const Circuit circuit = test::plain_circuit((Matrix(2, 2) << 0.0, 1.0, 1.0, 0.0).finished(), 2.0);
  const Vector u0 = (Vector(2) << 0.3, -0.1).finished();
  ReferenceOptions options;
  options.t_end = 3.0;
  const Vector exact = integrate(circuit, u0, options).u;
  const auto error = [&](double step) {
    return (sampled(circuit, u0, 0.0, step, 3.0, 1.0, 1).row(0).transpose() - exact).cwiseAbs().maxCoeff();
  };
  EXPECT_NEAR(std::log2(error(0.02) / error(0.01)), 2.0, 0.05);
}

/// Slope of log y against log x by least squares.
double slope(const std::vector<double>& x, const std::vector<double>& y) {
  double mx = 0.0, my = 0.0, xy = 0.0, xx = 0.0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    mx += std::log(x[k]) / static_cast<double>(x.size());
    my += std::log(y[k]) / static_cast<double>(x.size());
  }
  for (std::size_t k = 0; k < x.size(); ++k) {
    xy += (std::log(x[k]) - mx) * (std::log(y[k]) - my);
    xx += (std::log(x[k]) - mx) * (std::log(x[k]) - mx);
  }
  return xy / xx;
}

TEST(ThermalNoise, HasWeakOrder2InMeanAndVarianceWhereEulersHas1) {
  // du = −u dt + √(2T) dW from u(0) = 1: mean e^−t, variance T(1 − e^−2t). The chance in the estimate of the variance is taken
  // out by a control variate: v ← e^−h v + √(T(1 − e^−2h)) ξ by the same draws ξ has exactly that variance.
  // Steps of Euler and Maruyama, w ← (1 − h) w + √(2Th) ξ, show that the estimate tells the orders apart.
  constexpr Index copies = 1000;
  constexpr double energy = 1e-10;
  const Circuit circuit = test::plain_circuit(Matrix::Zero(copies, copies), 1.0);
  std::vector<double> steps, of_mean, of_variance, of_euler_mean, of_euler_variance;
  for (const int count : {4, 8, 16, 32}) {
    const double h = 1.0 / count;
    const Vector u = sampled(circuit, Vector::Ones(copies), energy, h, 1.0, 1.0, 1).row(0);
    Vector v = Vector::Zero(copies), w = Vector::Ones(copies);
    Random random(7, Stream::test, 0);
    for (int k = 0; k < count; ++k) {
      for (Index i = 0; i < copies; ++i) {
        const double draw = random.normal();
        v[i] = std::exp(-h) * v[i] + std::sqrt(energy * (1.0 - std::exp(-2.0 * h))) * draw;
        w[i] = (1.0 - h) * w[i] + std::sqrt(2.0 * energy * h) * draw;
      }
    }
    const auto variance = [](const Vector& x) { return (x.array() - x.mean()).square().mean(); };
    steps.push_back(h);
    of_mean.push_back(std::abs(u.mean() - std::exp(-1.0)));
    of_variance.push_back(std::abs(variance(u) - variance(v)) / energy);
    of_euler_mean.push_back(std::abs(w.mean() - std::exp(-1.0)));
    of_euler_variance.push_back(std::abs(variance(w) - variance(v)) / energy);
  }
  const double mean = slope(steps, of_mean), variance = slope(steps, of_variance);
  const double euler_mean = slope(steps, of_euler_mean), euler_variance = slope(steps, of_euler_variance);
  std::cout << "noise: weak order " << mean << " in the mean, " << variance << " in the variance; of Euler's steps " << euler_mean << " and "
            << euler_variance << "\n";
  EXPECT_NEAR(mean, 2.0, 0.2);
  EXPECT_NEAR(variance, 2.0, 0.2);
  EXPECT_NEAR(euler_mean, 1.0, 0.2);
  EXPECT_NEAR(euler_variance, 1.0, 0.2);
}

}  // namespace
}  // namespace basin
