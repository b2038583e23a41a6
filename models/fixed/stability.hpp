#pragma once

#include <string>

#include "models/circuit/circuit.hpp"
#include "models/design/design.hpp"

namespace basin {

/// K of the finest step h = 2^−K that a design may ask for.
inline constexpr int finest_step = 15;

/// What is proved about the step h = dt/τ_min (docs/math.md, stability): `exists` when there is an energy argument, and then
/// h holds when h ≤ `most` and h < `below`.
struct StepRule {
  bool exists = false;
  double most = 0.0;
  double below = 0.0;
  std::string note;   // why there is none

  [[nodiscard]] bool holds(double h) const { return h <= most && h < below; }
  /// The supremum of the steps that hold.
  [[nodiscard]] double limit() const { return most < below ? most : below; }
};

/// The rule for `weights`, the integers' values, `symmetriser` (of the designed weights; empty when there is none) and each
/// neuron's largest slope β_i and share h_i/h = τ_min/τ_i. Order 1 falls in E, order 2 in Ê.
StepRule step_rule(const Matrix& weights, const Vector& symmetriser, const Vector& slopes, const Vector& shares,
                   Order order);
/// The same for W = XᵀAX + diag(d) with A positive definite, d ≤ 0: from λ_max(diag(r) − PSP) ≤ max_i r_i(1 + β_i|d_i|), so
/// that no N × N matrix is made; tight where XᵀAX has a kernel and all neurons are alike.
StepRule factored_step_rule(const Vector& diagonal, const Vector& slopes, const Vector& shares, Order order);
/// No rule: for hard units, and for weights that no diagonal scaling makes symmetric.
StepRule no_step_rule(const std::string& why);

/// Throws ClaimError naming the largest 2^−K that holds when h = 2^−exponent does not.
void require_stable(const StepRule& rule, int exponent, Order order);

}  // namespace basin
