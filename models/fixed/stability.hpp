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

/// The rules of a network for any slope of its table: what they take of W is made once. Order 1 falls in E, order 2 in Ê.
class StepRules {
 public:
  /// `weights`: the integers' values; `symmetriser` of the designed weights, not empty; `gains`: each neuron's largest slope
  /// over the table's; `shares`: h_i/h = τ_min/τ_i.
  StepRules(const Matrix& weights, const Vector& symmetriser, const Vector& gains, const Vector& shares, Order order);
  /// For neurons whose largest slopes β_i are `slope` times their gains.
  [[nodiscard]] StepRule at(double slope) const;

 private:
  Vector shares_;
  Order order_;
  Matrix form_;         // PSP, P² = r β/slope; empty where its least eigenvalue is all that counts
  double least_ = 0.0;  // that eigenvalue, for equal shares
};
/// The rule for W = XᵀAX + diag(d) with A positive definite, d ≤ 0, and largest slopes β_i: from λ_max(diag(r) − PSP) ≤ max_i r_i(1 + β_i|d_i|), so
/// that no N × N matrix is made; tight where XᵀAX has a kernel and all neurons are alike.
StepRule factored_step_rule(const Vector& diagonal, const Vector& slopes, const Vector& shares, Order order);
/// No rule: for hard units, and for weights that no diagonal scaling makes symmetric.
StepRule no_step_rule(const std::string& why);

/// Throws ClaimError naming the largest 2^−K that holds when h = 2^−exponent does not.
void require_stable(const StepRule& rule, int exponent, Order order);

}  // namespace basin
