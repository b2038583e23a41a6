#include "models/fixed/stability.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>

#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "models/fixed/formats.hpp"

namespace basin {
namespace {

std::string step_text(int exponent) {
  return exponent == 0 ? "1" : "1/" + std::to_string(std::int64_t{1} << exponent);
}

/// The weights as a symmetric matrix: D^½ W D^−½, its asymmetry (weight rounding) removed.
Matrix symmetrised(const Matrix& weights, const Vector& symmetriser) {
  const Vector root = symmetriser.cwiseSqrt();
  const Matrix scaled = root.asDiagonal() * weights * root.cwiseInverse().asDiagonal();
  return 0.5 * (scaled + scaled.transpose());
}

Vector eigenvalues(const Matrix& symmetric) {
  return Eigen::SelfAdjointEigenSolver<Matrix>(symmetric, Eigen::EigenvaluesOnly).eigenvalues();
}

/// The rule for λ_max(diag(r) − PSP) = `largest`.
StepRule rule_below(double largest, Order order) {
  const double c = order == Order::one ? 2.0 : 1.0;
  StepRule rule;
  rule.exists = true;
  rule.most = order == Order::one ? 1.0 : 0.5;
  rule.below = largest > 0.0 ? c / largest : std::numeric_limits<double>::infinity();
  return rule;
}

}  // namespace

/// diag((c/(h r_i) − 1)/β_i) + S ≻ 0, c = 2 at order 1 and 1 at order 2, is c/h > λ_max(diag(r) − P S P), P² = r β.
StepRules::StepRules(const Matrix& weights, const Vector& symmetriser, const Vector& gains, const Vector& shares, Order order)
    : shares_(shares), order_(order) {
  const Vector p = gains.cwiseProduct(shares).cwiseSqrt();
  form_ = p.asDiagonal() * symmetrised(weights, symmetriser) * p.asDiagonal();
  if ((shares.array() != shares[0]).any()) return;
  least_ = eigenvalues(form_).minCoeff();
  form_.resize(0, 0);
}

StepRule StepRules::at(double slope) const {
  if (form_.size() == 0) return rule_below(shares_[0] - slope * least_, order_);
  Matrix m = -slope * form_;
  m.diagonal() += shares_;
  return rule_below(eigenvalues(m).maxCoeff(), order_);
}

StepRule factored_step_rule(const Vector& diagonal, const Vector& slopes, const Vector& shares, Order order) {
  return rule_below(shares.cwiseProduct(Vector(1.0 + slopes.cwiseProduct(diagonal.cwiseAbs()).array())).maxCoeff(), order);
}

StepRule no_step_rule(const std::string& why) {
  StepRule rule;
  rule.note = "no energy argument: " + why;
  return rule;
}

void require_stable(const StepRule& rule, int exponent, Order order) {
  if (!rule.exists || rule.holds(std::ldexp(1.0, -exponent))) return;
  const std::string bound = rule.most < rule.below ? "≤ " + three_digits(rule.most) : "< " + three_digits(rule.below);
  const std::string broken = "step " + step_text(exponent) + " breaks the stability rule of order " +
                             std::to_string(static_cast<int>(order)) + ", h " + bound + "; ";
  for (int k = exponent + 1; k <= finest_step; ++k) {
    if (rule.holds(std::ldexp(1.0, -k))) throw ClaimError(broken + "the largest that holds is " + step_text(k));
  }
  throw ClaimError(broken + "none down to " + step_text(finest_step) + " holds");
}

}  // namespace basin
