#include "models/circuit/factored_jacobian.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace basin {

FactoredJacobian::FactoredJacobian(const Circuit& circuit, const Vector& u)
    : factors_(*circuit.factors),
      tau_(circuit.tau),
      h_(factors_.columns.cwiseProduct(output_slopes(circuit, u)).cwiseMax(0.0)),
      delta_(1.0 - factors_.diagonal.array() * h_.array()) {
  const Eigen::LLT<Eigen::MatrixXd> cholesky(factors_.core);
  if (cholesky.info() != Eigen::Success || factors_.diagonal.maxCoeff() > 0.0) {
    throw std::invalid_argument("FactoredJacobian: A must be positive definite and d at most 0");
  }
  root_ = cholesky.matrixL();
}

Matrix FactoredJacobian::weighed(const Vector& w) const {
  const Matrix scaled = factors_.patterns * w.asDiagonal();
  return scaled * factors_.patterns.transpose();
}

/// (Δ − XᵀAXH)⁻¹ = Δ⁻¹ + Δ⁻¹Xᵀ(1 − A X H Δ⁻¹ Xᵀ)⁻¹ A X H Δ⁻¹.
Vector FactoredJacobian::solve(const Vector& f) const {
  const Vector own = f.cwiseQuotient(delta_);
  Eigen::MatrixXd small = -(factors_.core * weighed(h_.cwiseQuotient(delta_)));
  small.diagonal().array() += 1.0;
  const Vector y = small.partialPivLu().solve(factors_.core * (factors_.patterns * h_.cwiseProduct(own)));
  return own + (factors_.patterns.transpose() * y).cwiseQuotient(delta_);
}

/// E − H^½XᵀBBᵀXH^½ ≻ 0 with E = Δ + rate τ is E ≻ 0 and 1 − Bᵀ X H E⁻¹ Xᵀ B ≻ 0.
bool FactoredJacobian::all_below(double rate) const {
  const Vector e = delta_ + rate * tau_;
  if (!(e.minCoeff() > 0.0)) return false;
  Eigen::MatrixXd small = -(root_.transpose() * weighed(h_.cwiseQuotient(e)) * root_);
  small.diagonal().array() += 1.0;
  return Eigen::LLT<Eigen::MatrixXd>(small).info() == Eigen::Success;
}

double FactoredJacobian::largest_eigenvalue() const {
  constexpr double precision = 1e-9;
  double low = (-delta_.cwiseQuotient(tau_)).maxCoeff();  // of the diagonal part, which A can only raise
  double high = 0.0;
  for (double step = -low; !all_below(high); step *= 2.0) high += step;
  while (high - low > precision * std::max(std::abs(low), std::abs(high))) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (all_below(middle) ? high : low) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace basin
