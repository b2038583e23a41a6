#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/circuit/factored_jacobian.hpp"

namespace basin {
namespace {

constexpr int max_iterations = 60;
constexpr int max_halvings = 12;
constexpr double exact = 1e-14;      // of the scale: nothing left to gain
constexpr double tolerance = 1e-10;  // of the scale: an equilibrium

double scale_of(const Circuit& circuit, const Vector& u) {
  return std::max(invariant_bound(circuit), u.size() > 0 ? u.cwiseAbs().maxCoeff() : 0.0);
}

/// What Newton's method adds to u.
Vector whole_step(const Circuit& circuit, const Vector& u, const Vector& f) {
  if (!circuit.is_dense()) return FactoredJacobian(circuit, u).solve(f);
  Eigen::MatrixXd j = circuit.weights * output_slopes(circuit, u).asDiagonal();
  j.diagonal().array() -= 1.0;
  return j.partialPivLu().solve(-f);
}

/// One damped Newton step from u; false when no fraction of it lowers the residual.
bool newton_step(const Circuit& circuit, Vector& u, Vector& f) {
  const Vector step = whole_step(circuit, u, f);
  if (!step.allFinite()) return false;
  double fraction = 1.0;
  for (int i = 0; i < max_halvings; ++i, fraction *= 0.5) {
    const Vector next = u + fraction * step;
    const Vector g = drive(circuit, next);
    if (!(g.norm() < f.norm())) continue;
    u = next;
    f = g;
    return true;
  }
  return false;
}

std::vector<std::complex<double>> sorted(const Eigen::VectorXcd& values) {
  std::vector<std::complex<double>> list(values.begin(), values.end());
  std::sort(list.begin(), list.end(), [](auto a, auto b) {
    return a.real() != b.real() ? a.real() > b.real() : a.imag() > b.imag();
  });
  return list;
}

/// Symmetrisable W: J is similar to (G/τ)^½ S (G/τ)^½ − 1/τ with S the symmetrised W, whose eigenvalues are real and much
/// cheaper.
Eigen::VectorXcd symmetric_eigenvalues(const Circuit& circuit, const Vector& d, const Vector& u) {
  const Vector slope = output_slopes(circuit, u).cwiseMax(0.0).cwiseQuotient(circuit.tau).cwiseSqrt();
  const Vector root = d.cwiseSqrt();
  Eigen::MatrixXd h = slope.cwiseProduct(root).asDiagonal() * circuit.weights * slope.cwiseQuotient(root).asDiagonal();
  h = 0.5 * (h + h.transpose()).eval();
  h.diagonal() -= circuit.tau.cwiseInverse();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(h, Eigen::EigenvaluesOnly);
  return solver.eigenvalues().reverse().cast<std::complex<double>>();
}

Eigen::VectorXcd eigenvalues_at(const Circuit& circuit, const Vector& u) {
  if (!circuit.is_dense()) return Eigen::VectorXcd::Constant(1, FactoredJacobian(circuit, u).largest_eigenvalue());
  if (const Vector d = symmetriser(circuit.weights); d.size() > 0) return symmetric_eigenvalues(circuit, d, u);
  const Matrix j = jacobian(circuit, u);
  const auto list = sorted(Eigen::EigenSolver<Eigen::MatrixXd>(j, false).eigenvalues());
  return Eigen::Map<const Eigen::VectorXcd>(list.data(), static_cast<Index>(list.size()));
}

/// Symmetrisable W: −J is congruent to 1 − G^½ S G^½ with S the symmetrised W, so one Cholesky factorisation decides.
bool positive_definite(const Circuit& circuit, const Vector& d, const Vector& u) {
  const Vector slope = output_slopes(circuit, u).cwiseMax(0.0).cwiseSqrt();
  const Vector root = d.cwiseSqrt();
  const Vector left = slope.cwiseProduct(root);
  const Vector right = slope.cwiseQuotient(root);
  Eigen::MatrixXd h = left.asDiagonal() * circuit.weights * right.asDiagonal();
  h = -0.5 * (h + h.transpose()).eval();
  h.diagonal().array() += 1.0;
  return h.llt().info() == Eigen::Success;
}

bool is_stable(const Circuit& circuit, const Vector& u, const Eigen::VectorXcd& eigenvalues) {
  if (!circuit.is_dense()) return FactoredJacobian(circuit, u).all_below(0.0);
  if (eigenvalues.size() > 0) return eigenvalues[0].real() < 0.0;
  const Vector d = symmetriser(circuit.weights);
  if (d.size() > 0) return positive_definite(circuit, d, u);
  return eigenvalues_at(circuit, u)[0].real() < 0.0;
}

/// Hard units: V is constant around an equilibrium, so u = W V + b, consistent when u has the signs V was made from.
Equilibrium hard_equilibrium(const Circuit& circuit, const Vector& start, bool with_eigenvalues) {
  Equilibrium found;
  found.u = circuit.weights * outputs(circuit, start) + circuit.bias;
  found.residual = drive(circuit, found.u).cwiseAbs().maxCoeff();
  found.converged = found.residual <= tolerance * scale_of(circuit, found.u);
  found.stable = found.converged && (found.u - circuit.threshold).cwiseAbs().minCoeff() > 0.0;
  if (with_eigenvalues && found.converged) found.eigenvalues = eigenvalues_at(circuit, found.u);
  return found;
}

}  // namespace

Equilibrium polish(const Circuit& circuit, const Vector& start, bool with_eigenvalues) {
  Equilibrium found;
  found.u = start;
  if (circuit.size() == 0 || !start.allFinite()) return found;
  if (circuit.activation.are_hard()) return hard_equilibrium(circuit, start, with_eigenvalues);
  const double scale = scale_of(circuit, start);
  Vector f = drive(circuit, start);
  for (int i = 0; i < max_iterations && f.cwiseAbs().maxCoeff() > exact * scale; ++i) {
    if (!newton_step(circuit, found.u, f)) break;
  }
  found.residual = f.cwiseAbs().maxCoeff();
  found.converged = found.residual <= tolerance * scale;
  if (!found.converged) return found;
  if (with_eigenvalues) found.eigenvalues = eigenvalues_at(circuit, found.u);
  found.stable = is_stable(circuit, found.u, found.eigenvalues);
  return found;
}

}  // namespace basin
