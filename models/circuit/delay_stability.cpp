#include "models/circuit/delay_stability.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace basin {
namespace {

using Complex = std::complex<double>;

constexpr int fewest_points = 12;

/// Differentiation at the Chebyshev points cos(kπ/m), k = 0 … m (Trefethen 2000, program 6).
Eigen::MatrixXd differentiation(int m) {
  Eigen::VectorXd x(m + 1), c(m + 1);
  for (int k = 0; k <= m; ++k) {
    x[k] = std::cos(std::numbers::pi * k / m);
    c[k] = (k == 0 || k == m ? 2.0 : 1.0) * (k % 2 == 0 ? 1.0 : -1.0);
  }
  Eigen::MatrixXd d(m + 1, m + 1);
  for (int i = 0; i <= m; ++i) {
    for (int j = 0; j <= m; ++j) d(i, j) = i == j ? 0.0 : c[i] / (c[j] * (x[i] - x[j]));
    d(i, i) = -d.row(i).sum();
  }
  return d;
}

/// Points for the roots right of the imaginary axis and near it: none of them is larger than the norm of the system.
int points_for(const DelayedLinearisation& system) {
  const double largest = (system.now.cwiseAbs() + system.late.cwiseAbs()).rowwise().sum().maxCoeff();
  const double turns = std::min(1e6, largest * system.delay.maxCoeff());
  return fewest_points + 2 * static_cast<int>(std::ceil(turns));
}

/// The generator: y, then for every late entry its values at the points of [−delay, 0) that follow the first.
Eigen::MatrixXd generator(const DelayedLinearisation& system, const std::vector<Index>& late, int m) {
  const Index n = system.now.rows();
  const Index rows = n + m * static_cast<Index>(late.size());
  const Eigen::MatrixXd d = differentiation(m);
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(rows, rows);
  a.topLeftCorner(n, n) = system.now;
  for (Index j = 0; j < n; ++j) {
    if (!(system.delay[j] > 0.0)) a.col(j).head(n) += system.late.col(j);
  }
  Index at = n;
  for (const Index j : late) {
    const double scale = 2.0 / system.delay[j];
    a.block(at, at, m, m) = scale * d.bottomRightCorner(m, m);
    a.block(at, j, m, 1) = scale * d.bottomLeftCorner(m, 1);
    a.block(0, at + m - 1, n, 1) += system.late.col(j);
    at += m;
  }
  return a;
}

/// A root near `start` by Newton's method on the characteristic matrix (residual inverse iteration with its own derivative); the
/// start itself where that goes elsewhere.
Complex refined(const DelayedLinearisation& system, Complex start) {
  constexpr int most = 30;
  constexpr double enough = 1e-13, near = 1e-3;
  const Index n = system.now.rows();
  const Eigen::VectorXcd delay = system.delay.cast<Complex>();
  const double size = std::max(std::abs(start), (system.now.cwiseAbs() + system.late.cwiseAbs()).rowwise().sum().maxCoeff());
  Eigen::VectorXcd v = Eigen::VectorXcd::Ones(n);
  Complex root = start;
  for (int i = 0; i < most; ++i) {
    const Eigen::VectorXcd turn = (-root * delay).array().exp();
    Eigen::MatrixXcd matrix = -(system.now.cast<Complex>() + system.late.cast<Complex>() * turn.asDiagonal());
    matrix.diagonal().array() += root;
    const Eigen::VectorXcd slope = v + system.late.cast<Complex>() * delay.cwiseProduct(turn).cwiseProduct(v);
    const Eigen::VectorXcd x = matrix.partialPivLu().solve(slope);
    if (!x.allFinite()) return root;   // singular to the last bit: it is there
    Index largest = 0;
    x.cwiseAbs().maxCoeff(&largest);
    const Complex step = v[largest] / x[largest];
    v = x / x[largest];
    root -= step;
    if (!(std::abs(root - start) <= near * size)) return start;
    if (i > 1 && std::abs(step) <= enough * size) return root;
  }
  return start;
}

bool is_stable_for_all_delays(const DelayedLinearisation& system) {
  Eigen::MatrixXd comparison = system.now.cwiseAbs() + system.late.cwiseAbs();
  for (Index i = 0; i < comparison.rows(); ++i) {
    const bool at_once = !(system.delay[i] > 0.0);
    comparison(i, i) = system.now(i, i) + (at_once ? system.late(i, i) : std::abs(system.late(i, i)));
  }
  // Off its diagonal nothing is negative, so it is stable just when it sends some positive vector to a negative one.
  const Eigen::VectorXd v = comparison.partialPivLu().solve(Eigen::VectorXd::Constant(comparison.rows(), -1.0));
  return v.allFinite() && v.minCoeff() > 0.0 && (comparison * v).maxCoeff() < 0.0;
}

/// det(λ − now − late diag(e^{−λ delay})) is positive for large λ and has this sign at λ = 0.
bool has_positive_real_root(const DelayedLinearisation& system) {
  return Eigen::MatrixXd(-(system.now + system.late)).partialPivLu().determinant() < 0.0;
}

}  // namespace

DelayedLinearisation linearise(const Circuit& circuit, const Vector& u) {
  const Vector rate = circuit.tau.cwiseInverse();
  DelayedLinearisation system;
  system.now = Vector(-rate).asDiagonal();
  system.late = rate.asDiagonal() * circuit.weights * output_slopes(circuit, u).asDiagonal();
  system.delay = circuit.delay.size() > 0 ? circuit.delay : Vector(Vector::Zero(circuit.size()));
  return system;
}

Eigen::VectorXcd characteristic_roots(const DelayedLinearisation& system) {
  const Index n = system.now.rows();
  std::vector<Index> late;
  for (Index j = 0; j < n; ++j) {
    if (system.delay[j] > 0.0) late.push_back(j);
  }
  const int m = late.empty() ? 0 : points_for(system);
  if (!late.empty() && n + m * static_cast<Index>(late.size()) > most_unknowns) return {};
  const Eigen::MatrixXd a = late.empty() ? Eigen::MatrixXd(system.now + system.late) : generator(system, late, m);
  const Eigen::VectorXcd values = Eigen::EigenSolver<Eigen::MatrixXd>(a, false).eigenvalues();
  std::vector<Complex> roots(values.begin(), values.end());
  const auto rightmost = [](Complex p, Complex q) { return p.real() != q.real() ? p.real() > q.real() : p.imag() > q.imag(); };
  std::sort(roots.begin(), roots.end(), rightmost);
  roots.resize(static_cast<std::size_t>(n));
  if (!late.empty()) {
    for (Complex& root : roots) root = refined(system, root);
    std::sort(roots.begin(), roots.end(), rightmost);
  }
  return Eigen::Map<const Eigen::VectorXcd>(roots.data(), n);
}

std::optional<bool> is_stable(const DelayedLinearisation& system) {
  if (is_stable_for_all_delays(system)) return true;
  if (has_positive_real_root(system)) return false;
  const Eigen::VectorXcd roots = characteristic_roots(system);
  if (roots.size() == 0) return std::nullopt;
  return roots[0].real() < 0.0;
}

}  // namespace basin
