// Johnson noise of networks with real amplifiers, against Nyquist's theorem, equipartition and Lyapunov's equation.
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <iostream>

#include "models/physical/realisation.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

constexpr double warmth = 4.14e-21;   // k_B · 300 K

ResistorNetwork loaded_network(Index n, double gain) {
  Random random(17, Stream::test, static_cast<std::uint32_t>(n));
  Circuit circuit = test::circuit_of(test::gaussian(n, random), gain);
  circuit.resistance.setConstant(1e4);
  for (Index i = 0; i < n; ++i) circuit.tau[i] = 1e-7 * (0.5 + random.uniform());
  return make_network(rescaled(circuit, passive_scale(circuit)), 1.0);
}

AmplifierModel loading_amplifiers(Index n, bool pole) {
  AmplifierModel amplifiers = ideal_amplifiers(n);
  for (Index i = 0; i < n; ++i) amplifiers.output_resistance[i] = 500.0 * static_cast<double>(1 + i);
  if (pole) amplifiers.pole_hz = Vector::Constant(n, 3e6);
  return amplifiers;
}

/// P of A P + P Aᵀ + Q = 0, by Kronecker products.
Eigen::MatrixXd stationary(const Eigen::MatrixXd& a, const Eigen::MatrixXd& q) {
  const Index n = a.rows();
  Eigen::MatrixXd k = Eigen::MatrixXd::Zero(n * n, n * n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) {
      for (Index m = 0; m < n; ++m) {
        k(i * n + j, m * n + j) += a(i, m);
        k(i * n + j, i * n + m) += a(j, m);
      }
    }
  }
  Eigen::VectorXd rhs(n * n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) rhs[i * n + j] = -q(i, j);
  }
  const Eigen::VectorXd p = k.fullPivLu().solve(rhs);
  return Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(p.data(), n, n);
}

}  // namespace

// Amplifiers that hold their outputs leave a network of resistors and capacitors, in which every capacitor has k_B T/C whatever
// connects it to the others: with P = k_B T C⁻¹, A P + P Aᵀ = −B Bᵀ.
TEST(AmplifierNoise, IsInEquilibriumWithItsNetwork) {
  const Index n = 5;
  for (const bool pole : {false, true}) {
    const ResistorNetwork network = loaded_network(n, 1e-12);
    const AmplifierSystem system(network, loading_amplifiers(n, pole));
    const Matrix a = system.jacobian(Vector::Zero(system.size())).topLeftCorner(n, n);
    EXPECT_GT((a - Matrix(a.diagonal().asDiagonal())).cwiseAbs().maxCoeff(), 1e-3 * a.cwiseAbs().maxCoeff());   // R_o couples nodes
    const Matrix p = Vector(warmth * network.capacitance.cwiseInverse()).asDiagonal();
    const Matrix b = system.noise(warmth);
    const Matrix q = a * p + p * a.transpose();
    EXPECT_LT((q + b * b.transpose()).cwiseAbs().maxCoeff(), 1e-12 * q.cwiseAbs().maxCoeff());
  }
}

// Without output resistances it is that of the circuit: 2 k_B T/R_i of every node.
TEST(AmplifierNoise, OfUnloadedOutputsIsThatOfEveryNode) {
  ResistorNetwork network = loaded_network(4, 1.0);
  network.conductance.row(2).setZero();   // a node that lost its resistors has no noise
  network.leak[2] = network.bias[2] = 0.0;
  const Matrix b = AmplifierSystem(network, ideal_amplifiers(4)).noise(warmth);
  for (Index i = 0; i < 4; ++i) {
    const double total = network.conductance.cwiseAbs().row(i).sum() + std::abs(network.bias[i]) + network.leak[i];
    EXPECT_NEAR(b(i, i), std::sqrt(2.0 * warmth * total) / network.capacitance[i], 1e-12 * std::abs(b(0, 0)));
  }
  EXPECT_EQ(Matrix(b - Matrix(b.diagonal().asDiagonal())), Matrix::Zero(4, 4));
  const Matrix loaded = AmplifierSystem(network, loading_amplifiers(4, false)).noise(warmth);
  EXPECT_TRUE(loaded.allFinite());
  EXPECT_LT(loaded.row(2).cwiseAbs().maxCoeff(), 1e-9 * loaded.cwiseAbs().maxCoeff());
}

// Long runs of amplifiers at work, with a pole and loaded outputs: the covariance of Lyapunov's equation. g is straight this near 0.
TEST(AmplifierNoise, HasTheCovarianceOfTheLinearSystem) {
  const Index n = 3;
  for (const bool pole : {false, true}) {
    const ResistorNetwork network = loaded_network(n, 0.8);
    const AmplifierSystem system(network, loading_amplifiers(n, pole));
    const Index size = system.size();
    const Matrix a = system.jacobian(Vector::Zero(size));
    Matrix q = Matrix::Zero(size, size);
    const Matrix b = system.noise(warmth);
    q.topLeftCorner(n, n) = b * b.transpose();
    const Eigen::MatrixXd expected = stationary(a, q);
    ThermalNoise noise{warmth, 2e-9, Random(3, Stream::test, pole ? 1 : 0)};
    AmplifierRunOptions options{.rtol = 1e-6, .atol = 1e-9, .slowest = 1.5e-7, .noise = &noise};
    const int count = 8000;
    for (int k = 1; k <= count; ++k) options.times.push_back(1e-6 + 5e-7 * k);
    options.t_end = options.times.back();
    const AmplifierRun run = integrate(system, Vector::Zero(size), options);
    EXPECT_FALSE(run.settled);
    const Eigen::MatrixXd seen = run.samples.transpose() * run.samples / count;
    const double scale = expected.topLeftCorner(n, n).cwiseAbs().maxCoeff();
    std::cout << (pole ? "with" : "without") << " a pole: covariance\n" << seen / scale << "\nexpected\n" << expected / scale << "\n";
    // Samples some time constants apart count as independent: a relative error of √(2/count) at one standard deviation.
    EXPECT_LT((seen - expected).cwiseAbs().maxCoeff(), 4.0 * std::sqrt(2.0 / count) * scale);
  }
}

TEST(AmplifierNoise, NeedsAnEnd) {
  const AmplifierSystem system(loaded_network(2, 1.0), ideal_amplifiers(2));
  ThermalNoise noise{warmth, 1e-9, Random(3, Stream::test, 2)};
  EXPECT_THROW(integrate(system, Vector::Zero(2), {.rtol = 1e-6, .atol = 1e-9, .slowest = 1e-7, .noise = &noise}), std::invalid_argument);
}

}  // namespace basin
