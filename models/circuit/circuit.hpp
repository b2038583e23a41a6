#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "models/circuit/activations.hpp"
#include "models/circuit/factors.hpp"
#include "models/design/design.hpp"

namespace basin {

/// A Hopfield circuit in normalised form: τ_i u̇_i = −u_i + Σ_j W_ij V_j + b_i, V_j = g(λ_j(u_j − θ_j)).
/// T = W_ij/R_i and I_i = b_i/R_i; a normalised design has R = 1 and C = τ.
struct Circuit {
  Matrix weights;              // W, N × N; empty when `factors` alone hold it
  Vector bias;                 // b, N
  Vector tau;                  // s when physical, N
  Vector resistance;           // R, N
  Vector gain;                 // λ, N
  Vector threshold;            // θ, N
  std::vector<bool> unipolar;  // V in (0, 1), N
  Activations activation;
  std::shared_ptr<const Factors> factors{};  // W again, as its learning rule made it; null when there is no such form
  Index hidden = 0;            // the last `hidden` neurons are hidden units; patterns and cues speak of those before them
  Vector delay{};              // N, s when physical: what neuron i hears of j is V_j(t − delay_j); empty: at once

  [[nodiscard]] Index size() const { return bias.size(); }
  [[nodiscard]] double longest_delay() const { return delay.size() > 0 ? delay.maxCoeff() : 0.0; }
  [[nodiscard]] Index visible() const { return size() - hidden; }
  /// Whether the N × N matrix is kept. Without it a circuit can be integrated and polished, but not quantised.
  [[nodiscard]] bool is_dense() const { return weights.rows() == size(); }
};

/// Hidden units that follow a design's neurons, without threshold.
struct HiddenUnits {
  Vector gain{};         // λ over the largest gain of the visible neurons, one a unit
  Vector resistance{};   // R over the mean resistance of the visible neurons, one a unit
  Vector tau{};          // τ over the largest τ of the visible neurons, one a unit; empty: as fast as the fastest of them
  std::optional<Activation> activation{};   // theirs; absent: that of the first neuron
  bool unipolar = false; // V in (0, 1)

  [[nodiscard]] Index count() const { return gain.size(); }
};

/// The circuit that the design's components make with `weights` and `bias` (normalised W and b) of a learning rule; the
/// design's own bias (I or b) is added to `bias`. With input_resistance ρ: 1/R_i = 1/ρ_i + Σ_j|T_ij|, so
/// R_i = ρ_i(1 − Σ_j|W_ij|); a row with Σ_j|W_ij| ≥ 1 has no such R and throws InputError. `weights` may be empty when
/// `factors` hold W, with their row sums. `weights` and `bias` are those of the design's neurons and `hidden` after them.
Circuit make_circuit(const Design& design, const Matrix& weights, const Vector& bias,
                     std::shared_ptr<const Factors> factors = nullptr, const HiddenUnits& hidden = {});
/// The same for a design that gives its weights (T when physical) explicitly.
Circuit make_circuit(const Design& design);

/// The same circuit over bipolar units without thresholds: u′ = u − θ, V′ = 2V − 1 for unipolar units. Exact; τ, R and λ are
/// unchanged. This is the form that quantisation and every comparison use ("core coordinates").
Circuit to_core(const Circuit& circuit);

/// λ_max of each kind of activation: the largest gain of its neurons.
Vector largest_gains(const Circuit& circuit);

/// W v.
Vector product(const Circuit& circuit, const Vector& v);
/// Σ_j|W_ij| of every neuron i.
Vector absolute_row_sums(const Circuit& circuit);
/// V of every neuron at state u.
Vector outputs(const Circuit& circuit, const Vector& u);
/// dV/du of every neuron at state u.
Vector output_slopes(const Circuit& circuit, const Vector& u);
/// τ u̇ (not divided by τ).
Vector drive(const Circuit& circuit, const Vector& u);
/// E of docs/math.md (Hopfield 1984 eq. 7, u form of the integral). Joules per second-free units as in the design: V·A when physical.
double energy(const Circuit& circuit, const Vector& u);
/// The same in N operations when drive(circuit, u) is known.
double energy(const Circuit& circuit, const Vector& u, const Vector& drive_of_u);
/// Scale against which "energy never rises" is judged: Σ|T_ij| + Σ|I_i|.
double energy_scale(const Circuit& circuit);
/// ∂u̇_i/∂u_j, N × N, in 1/s (1/τ when normalised). Needs the dense W.
Matrix jacobian(const Circuit& circuit, const Vector& u);
/// T_ij = T_ji to within 1e-12 of the largest |T|.
bool is_symmetric(const Circuit& circuit);
/// Positive d with d_i W_ij = d_j W_ji, or empty when W is not symmetrisable.
Vector symmetriser(const Matrix& weights);
/// λ_min of the symmetrised W (real when symmetrisable).
double least_eigenvalue(const Matrix& weights, const Vector& symmetriser);
/// B = max_i(Σ_j|W_ij| + |b_i|), the invariant bound on |u| and the scale of every deviation.
double invariant_bound(const Circuit& circuit);

/// An equilibrium found by Newton's method from `start`.
struct Equilibrium {
  bool converged = false;
  bool stable = false;           // every Jacobian eigenvalue has a negative real part
  Vector u;
  double residual = 0.0;         // max |τu̇|
  Eigen::VectorXcd eigenvalues;  // of the Jacobian, by falling real part; empty unless asked for. Without the dense W the
                                 // first one alone
};
Equilibrium polish(const Circuit& circuit, const Vector& start, bool with_eigenvalues = false);

}  // namespace basin
