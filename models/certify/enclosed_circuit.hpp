#pragma once

#include <vector>

#include "models/certify/enclosures.hpp"

namespace basin {

/// States u, or outputs V, of every neuron that are known no better than to lie in intervals.
using Box = std::vector<Interval>;

/// A circuit of which something is to be proved: −u + W V(u) + b, the weights and biases taken for exactly the doubles that
/// they are. In core coordinates, with the dense W.
class EnclosedCircuit {
 public:
  /// `core` must outlive this. Throws ClaimError for hard units, for tables that fall somewhere and
  /// without the dense W.
  explicit EnclosedCircuit(const Circuit& core);

  [[nodiscard]] const Circuit& core() const { return core_; }
  [[nodiscard]] Index size() const { return core_.size(); }
  [[nodiscard]] const NeuronEnclosures& neurons() const { return neurons_; }
  /// Σ_j W_ij V_j + b_i of every neuron.
  [[nodiscard]] Box drives(const Box& outputs) const;
  /// The same at states: F(u) = W V(u) + b, whose fixed points are the equilibria.
  [[nodiscard]] Box map(const Box& states) const { return drives(neurons_.outputs(states)); }
  /// Row i of W.
  [[nodiscard]] std::span<const double> row(Index i) const;
  /// What ∂(τ_i u̇_i)/∂u_j + δ_ij is at most over slope_j = 1, by size: |W_ij|, and on the diagonal max(W_ii, 0).
  [[nodiscard]] std::span<const double> sizes(Index i) const;
  /// Upper bounds of dV/du over a box of states; over all states, β.
  [[nodiscard]] Vector largest_slopes(const Box& states) const;
  [[nodiscard]] Vector largest_slopes() const;

 private:
  const Circuit& core_;
  NeuronEnclosures neurons_;
  Matrix sizes_;
};

/// Every state.
Box everywhere(Index size);
/// The numbers of `centre`, each with `radius` on both sides. An infinite radius gives everywhere().
Box ball(const Vector& centre, double radius);
bool holds(const Box& outer, const Box& inner);

/// Whether Σ_j |W_ij| `slopes`_j w_j < w_i for every i, w = `weights` > 0 (of the diagonal only max(W_ii, 0) counts): the
/// logarithmic norm of τ⁻¹(W diag(g′) − 1) in the maximum norm weighted by 1/w is negative for all 0 ≤ g′ ≤ `slopes`, so that
/// any two trajectories on a convex set with such slopes come together, whatever τ (Desoer & Haneda 1972, IEEE Trans. Circuit
/// Theory 19:480).
bool log_norm_is_negative(const EnclosedCircuit& circuit, const Vector& slopes, const Vector& weights);
/// Weights for it: the Perron vector of sizes·diag(`slopes`), or nearly. Says nothing of whether they serve.
Vector perron_weights(const EnclosedCircuit& circuit, const Vector& slopes);

/// Whether diag(w/`slopes`) − ½(diag(w)W + Wᵀdiag(w)) − `shift`·1 is positive definite, w = `weights` > 0, by a Cholesky
/// factorisation in intervals (docs/math.md, Certificates). With shift ≥ 0 this proves an equilibrium with slopes up to these
/// stable, whatever τ.
bool hessian_is_positive(const EnclosedCircuit& circuit, const Vector& slopes, const Vector& weights, double shift = 0.0);
/// d with d_i W_ij = d_j W_ji where W has one, else ones.
Vector hessian_weights(const EnclosedCircuit& circuit);

}  // namespace basin
