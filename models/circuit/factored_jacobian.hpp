#pragma once

#include "models/circuit/circuit.hpp"

namespace basin {

/// The Jacobian at one state of a circuit that holds W as factors, in O(NM²) instead of O(N³): with H = diag(s g′) it is
/// τ⁻¹(Xᵀ A X H − Δ), Δ = 1 − diag(d)H, a matrix of rank M beside a diagonal one. The factors must have A positive definite
/// and d ≤ 0, as hebb and pseudo-inverse make them; then Δ ≥ 1. Throws std::invalid_argument when they have not.
class FactoredJacobian {
 public:
  FactoredJacobian(const Circuit& circuit, const Vector& u);

  /// p with −τJ p = f (Woodbury's identity): the Newton step where f = τu̇. Not finite where J is singular.
  [[nodiscard]] Vector solve(const Vector& f) const;
  /// Whether every eigenvalue is below `rate`. They are real, being those of the symmetric pencil H^½(XᵀAX + d)H^½ − 1 by τ,
  /// and Sylvester's law of inertia leaves the question to an M × M matrix.
  [[nodiscard]] bool all_below(double rate) const;
  /// The largest eigenvalue to 1e-9 of itself, by bisection.
  [[nodiscard]] double largest_eigenvalue() const;

 private:
  /// X diag(w) Xᵀ.
  [[nodiscard]] Matrix weighed(const Vector& w) const;

  const Factors& factors_;
  Vector tau_;
  Vector h_;         // s g′, N
  Vector delta_;     // Δ, N
  Matrix root_;      // B, A = B Bᵀ
};

}  // namespace basin
