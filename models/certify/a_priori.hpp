#pragma once

#include <functional>
#include <optional>

#include "models/certify/enclosed_circuit.hpp"

namespace basin {

/// States from which every trajectory ends in `equilibrium` (core coordinates) without leaving them, and on which errors fade
/// at least half as fast as there: the last of the boxes of basin_box() or what the circuit makes of it, else a box around the
/// equilibrium. Empty where errors need not fade at the equilibrium either, or no such box is found.
std::optional<Box> contracting_states(const EnclosedCircuit& circuit, const Vector& equilibrium);

/// Every state with |u_i| ≤ Σ_j|W_ij| + |b_i|: no trajectory leaves it.
Box reachable_states(const EnclosedCircuit& circuit);

/// What the steps of a core are made of.
struct CoreSteps {
  int order = 2;
  Vector share;             // h_i = dt/τ_i, N: exactly
  double lsb_state = 0.0;   // LSB_u
  /// No less than |V of the core at x − V(x′)| for all states x of the box `near`, N; x′ = x, or where the core's tables end before x,
  /// the last state of theirs, which is no further than x from any state of the box `states`. Empty: outputs are exact.
  std::function<Vector(const Box& states, const Box& near)> output_error;
};

/// |u_core − u| after every step of every run that starts in a box, at a state that circuit and core have in common.
struct AprioriBound {
  Vector error;             // E, N, unit of u
  [[nodiscard]] double largest() const { return error.maxCoeff(); }
};

/// Bounds the errors of whole classes of runs before any is made (docs/math.md, Before any run).
class APriori {
 public:
  /// `circuit` is the one that the core holds, in core coordinates; it must outlive this.
  APriori(const EnclosedCircuit& circuit, Box states);

  [[nodiscard]] const Box& states() const { return states_; }
  /// Empty where the circuit does not map the box into itself, where it does not contract on the box and the errors around it,
  /// or where the step is too large for a proof: h_i > 1 at order 1, h_i > 1/3 at order 2.
  [[nodiscard]] std::optional<AprioriBound> bound(const CoreSteps& steps) const;

 private:
  [[nodiscard]] Vector weighted(const Vector& sizes) const;
  [[nodiscard]] Vector per_step(const CoreSteps& steps) const;
  [[nodiscard]] std::optional<Vector> solve(const Vector& slopes, const Vector& forcing) const;

  const EnclosedCircuit& circuit_;
  Box states_;
  Matrix sizes_;            // |W|
  bool stays_ = true;       // F(states) is inside
  Vector speed_;            // |τ u̇| over the states
  Vector slopes_;           // dV/du
  Vector curvature_;        // |d²V/du²|; +∞ at a corner
  Vector unit_error_;       // what LSBs and weights lose as doubles, as a drive
};

}  // namespace basin
