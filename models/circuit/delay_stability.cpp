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

double norm(const DelayedLinearisation& system) {
  return (system.now.cwiseAbs() + system.late.cwiseAbs()).rowwise().sum().maxCoeff();
}

/// Whether no root with Re λ ≥ 0 is larger than r: |λ − now_ii| ≥ max(r, |now_ii|) for the others, now_ii ≤ 0, and none of them leaves
/// a vector as large as it was when the matrix of all else over that shrinks some positive one.
bool has_none_beyond(const DelayedLinearisation& system, double r) {
  Eigen::MatrixXd rest = system.now.cwiseAbs() + system.late.cwiseAbs();
  for (Index i = 0; i < rest.rows(); ++i) {
    const double own = system.now(i, i) <= 0.0 ? std::max(r, -system.now(i, i)) : r;
    if (system.now(i, i) <= 0.0) rest(i, i) = std::abs(system.late(i, i));
    if (!(own > 0.0)) return false;
    rest.row(i) /= -own;
  }
  rest.diagonal().array() += 1.0;
  // Off its diagonal nothing is positive, so that it has a positive inverse just when it sends some positive vector to a positive one.
  const Eigen::VectorXd v = rest.partialPivLu().solve(Eigen::VectorXd::Ones(rest.rows()));
  return v.allFinite() && v.minCoeff() > 0.0 && (rest * v).minCoeff() > 0.0;
}

bool is_stable_for_all_delays(const DelayedLinearisation& system) { return has_none_beyond(system, 0.0); }

/// No root right of the imaginary axis is larger, to a factor of two; 0 when there is none whatever the delays are. An amplifier's fast
/// pole does not count: its row is over that pole.
double largest_unstable(const DelayedLinearisation& system) {
  if (is_stable_for_all_delays(system)) return 0.0;
  constexpr int most_halvings = 60;   // a node that lost all its resistors has a root at 0
  double r = 1.01 * norm(system);
  for (int k = 0; k < most_halvings && has_none_beyond(system, 0.5 * r); ++k) r *= 0.5;
  return r;
}

/// Points enough for the roots that decide.
int points_for(const DelayedLinearisation& system) {
  const double turns = std::min(1e6, largest_unstable(system) * system.delay.maxCoeff());
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
/// start itself where that goes elsewhere. The vector comes near the root's own first: symmetric circuits have modes for which any
/// regular one would be another's.
Complex refined(const DelayedLinearisation& system, Complex start) {
  constexpr int most = 30, held = 3;
  constexpr double enough = 1e-13, near = 1e-3;
  const Index n = system.now.rows();
  const Eigen::VectorXcd delay = system.delay.cast<Complex>();
  const double size = std::max(std::abs(start), norm(system));
  Eigen::VectorXcd v(n);
  for (Index i = 0; i < n; ++i) v[i] = std::polar(1.0, 1.0 + 2.3 * static_cast<double>(i * i));
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
    Complex step = v[largest] / x[largest];
    if (start.imag() == 0.0) step = step.real();   // a real root stays one
    v = x / x[largest];
    if (i < held) continue;
    root -= step;
    if (!(std::abs(root - start) <= near * size)) return start;
    if (std::abs(step) <= enough * size) return root;
  }
  return start;
}

/// det(λ − now − late diag(e^{−λ delay})) is positive for large λ and has this sign at λ = 0.
bool has_positive_real_root(const DelayedLinearisation& system) {
  return Eigen::MatrixXd(-(system.now + system.late)).partialPivLu().determinant() < 0.0;
}

std::optional<bool> without_roots(const DelayedLinearisation& system) {
  if (is_stable_for_all_delays(system)) return true;
  if (has_positive_real_root(system)) return false;
  return std::nullopt;
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

DelayStability judge(const DelayedLinearisation& system) {
  DelayStability found{characteristic_roots(system), std::nullopt};
  found.stable = found.roots.size() > 0 ? std::optional(found.roots[0].real() < 0.0) : without_roots(system);
  return found;
}

DelayStability judge(const Circuit& circuit, const Vector& u) {
  return circuit.is_dense() ? judge(linearise(circuit, u)) : DelayStability{};
}

std::optional<bool> is_stable(const DelayedLinearisation& system) {
  if (const auto known = without_roots(system)) return known;
  const Eigen::VectorXcd roots = characteristic_roots(system);
  return roots.size() > 0 ? std::optional(roots[0].real() < 0.0) : std::nullopt;
}

}  // namespace basin
