#include "models/learning/margin_program.hpp"

#include <algorithm>
#include <utility>

namespace basin {

MarginProgram::MarginProgram(const Matrix& patterns, MarginTerms terms)
    : patterns_(patterns),
      terms_(std::move(terms)),
      weights_(Matrix::Zero(patterns.cols(), patterns.cols())),
      multipliers_(Matrix::Zero(patterns.rows(), patterns.cols())),
      bias_(Vector::Zero(patterns.cols())) {
  if (terms_.self_share.size() == 0) terms_.self_share = Vector::Zero(patterns.cols());
}

void MarginProgram::pass() {
  for (Index m = 0; m < patterns_.rows(); ++m) {
    const Vector pattern = patterns_.row(m).transpose();
    for (Index i = 0; i < pattern.size(); ++i) improve(m, i, pattern);
  }
}

double MarginProgram::margin() const {
  const Matrix fields = (patterns_ * weights_.transpose()).rowwise() + bias_.transpose();
  return fields.cwiseProduct(patterns_).minCoeff();
}

double MarginProgram::norm() const {
  double sum = weights_.squaredNorm() - weights_.diagonal().squaredNorm();
  if (terms_.symmetric) sum *= 0.5;
  for (Index i = 0; i < bias_.size(); ++i) {
    if (terms_.bias_share > 0.0) sum += bias_[i] * bias_[i] / terms_.bias_share;
    if (terms_.self_share[i] > 0.0) sum += weights_(i, i) * weights_(i, i) / terms_.self_share[i];
  }
  return 0.5 * sum;
}

double MarginProgram::gap() const {
  const double kappa = margin();
  if (!(kappa > 0.0)) return 1.0;
  const double primal = norm() / (kappa * kappa);
  return (primal - dual()) / primal;
}

int MarginProgram::run(double wanted, int most) {
  int passes = 0;
  while (passes < most) {
    ++passes;
    pass();
    if (gap() <= wanted) break;
  }
  return passes;
}

void MarginProgram::improve(Index m, Index i, const Vector& pattern) {
  const double sign = pattern[i];
  const double missing = 1.0 - sign * (weights_.row(i).dot(pattern.transpose()) + bias_[i]);
  const double curvature = static_cast<double>(pattern.size() - 1) + terms_.bias_share + terms_.self_share[i];
  double& multiplier = multipliers_(m, i);
  const double change = std::max(missing / curvature, -multiplier);
  if (change == 0.0) return;
  multiplier += change;
  const double self = weights_(i, i) + change * terms_.self_share[i];
  weights_.row(i) += change * sign * pattern.transpose();
  weights_(i, i) = self;
  if (terms_.symmetric) weights_.col(i) = weights_.row(i).transpose();
  bias_[i] += change * terms_.bias_share * sign;
}

}  // namespace basin
