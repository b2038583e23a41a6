#pragma once

#include <vector>

#include "models/certify/balls.hpp"
#include "models/certify/enclosures.hpp"

namespace basin {

/// R S′ = Q S of S = dV/du, neuron by neuron: R = r0 + r1 u + r2 u² and Q = q1 u′ + q2 u u′ + q3 V u′.
struct SlopeLaws {
  Balls r0, r1, r2, q1, q2, q3;
  bool uses_rate = false, uses_state = false, uses_output = false;   // whether any neuron has q1, q2, q3

  /// Whether R = 1 everywhere.
  [[nodiscard]] bool is_plain() const { return !uses_rate && !uses_state; }
};

/// The right-hand side of a circuit, u̇ = (−u + W V + b)/τ with V = g(λu), over balls. In core coordinates, dense, without hard
/// units.
class CircuitField {
 public:
  /// `core` must outlive this. Throws ClaimError for hard units, std::invalid_argument for a circuit without its dense W.
  explicit CircuitField(const Circuit& core);

  [[nodiscard]] const Circuit& circuit() const { return core_; }
  [[nodiscard]] const NeuronEnclosures& neurons() const { return neurons_; }
  [[nodiscard]] Index size() const { return core_.size(); }
  /// |W|, entry by entry.
  [[nodiscard]] const Matrix& weight_sizes() const { return sizes_; }
  /// V over u.
  [[nodiscard]] Balls outputs(const Balls& u) const;
  /// dV/du over u; at a corner of g the hull of both slopes.
  [[nodiscard]] Balls slopes(const Balls& u, const Balls& outputs) const;
  /// No less than dV/du anywhere in u.
  [[nodiscard]] Vector steepest(const Balls& u) const;
  /// Whether no g has a corner in u.
  [[nodiscard]] bool is_smooth(const Balls& u) const;
  /// The laws that hold over u, where g is smooth.
  [[nodiscard]] SlopeLaws laws(const Balls& u) const;
  /// W v.
  [[nodiscard]] Balls weighted(const Balls& v) const { return product(core_.weights, sizes_, v); }
  /// u̇ at u, V.
  [[nodiscard]] Balls rate(const Balls& u, const Balls& outputs) const;

 private:
  void set_law(Index i);

  const Circuit& core_;
  NeuronEnclosures neurons_;
  Matrix sizes_;
  Balls gain_;
  SlopeLaws laws_;              // of all but power units
  bool all_tanh_ = true;
  std::vector<Index> cornered_;  // neurons whose g has corners
};

/// The Taylor coefficients in time of the solution through a point, or of all solutions through a box, by the recursions of
/// automatic differentiation (Moore 1966; Nedialkov, Jackson & Corliss 1999, Appl. Math. Comput. 105:21).
///
/// (m+1) u[m+1] = (−u[m] + W V[m] + b[m])/τ, m V[m] = Σ k u[k] S[m−k], and S = dV/du obeys R S′ = Q S with R and Q of
///   tanh         R = 1             Q = −2λ V u′
///   erf          R = 1             Q = −(π/2)λ² u u′
///   algebraic    R = 1 + λ²u²      Q = −3λ² u u′
///   arctan       R = 1 + (πλu/2)²  Q = −(π²/2)λ² u u′
///   power p      R = u             Q = (p − 1) u′      within (0, 1), S = 0 outside
///   piecewise linear               S constant          within a piece
class CircuitSeries {
 public:
  /// From the states `u`, of which `outputs` are V. Keeps a reference to `field`.
  CircuitSeries(const CircuitField& field, Balls u, Balls outputs);

  /// Whether every g is smooth over the states: otherwise u[0], u[1] and u[2] alone are right, u[2] in the sense that ü of
  /// every solution is almost everywhere within 2u[2].
  [[nodiscard]] bool is_smooth() const { return smooth_; }
  /// The coefficient of t^m.
  const Balls& state(std::size_t m);

 private:
  void extend();
  [[nodiscard]] Balls sum_of(const std::vector<Balls>& a, const std::vector<Balls>& b, std::size_t m) const;
  void extend_slopes(std::size_t m);

  const CircuitField& field_;
  bool smooth_;
  SlopeLaws laws_;
  std::vector<Balls> u_, v_, s_, rate_;   // rate: (m+1) u[m+1], coefficients of u′
  std::vector<Balls> r_, q_;
};

}  // namespace basin
