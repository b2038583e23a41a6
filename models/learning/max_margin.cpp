#include <algorithm>
#include <string>

#include "models/design/text.hpp"
#include "models/learning/rules.hpp"

namespace basin {
namespace {

constexpr double wanted_gap = 1e-6;   // of the primal value

/// min ½ Σ_{i<j} W_ij² subject to ξ_i^μ Σ_{j≠i} W_ij ξ_j^μ ≥ 1 for every neuron and memory, W = Wᵀ, W_ii = 0, by its dual:
/// W = Σ_{μ,i} a_i^μ ξ_i^μ ξ_j^μ in both directions of each pair, a ≥ 0, one coordinate exactly at a time (Hildreth 1957).
class MarginProgram {
 public:
  explicit MarginProgram(const Matrix& patterns)
      : patterns_(patterns),
        weights_(Matrix::Zero(patterns.cols(), patterns.cols())),
        multipliers_(Matrix::Zero(patterns.rows(), patterns.cols())) {}

  /// One pass over all coordinates, in file order.
  void pass() {
    for (Index m = 0; m < patterns_.rows(); ++m) {
      const Vector pattern = patterns_.row(m).transpose();
      for (Index i = 0; i < pattern.size(); ++i) improve(m, i, pattern);
    }
  }
  /// κ of W, not divided by anything.
  [[nodiscard]] double margin() const {
    return (patterns_ * weights_).cwiseProduct(patterns_).minCoeff();
  }
  /// Σ a − ½ Σ_{i<j} W_ij²: never above the least ½ Σ_{i<j} W_ij² that any W of margin 1 has.
  [[nodiscard]] double dual() const { return multipliers_.sum() - norm(); }
  /// ½ Σ_{i<j} W_ij².
  [[nodiscard]] double norm() const { return 0.25 * weights_.squaredNorm(); }
  [[nodiscard]] const Matrix& weights() const { return weights_; }

 private:
  void improve(Index m, Index i, const Vector& pattern) {
    const double sign = pattern[i];
    const double missing = 1.0 - sign * weights_.row(i).dot(pattern.transpose());
    double& multiplier = multipliers_(m, i);
    const double change = std::max(missing / static_cast<double>(pattern.size() - 1), -multiplier);
    if (change == 0.0) return;
    multiplier += change;
    weights_.row(i) += change * sign * pattern.transpose();
    weights_(i, i) = 0.0;
    weights_.col(i) = weights_.row(i).transpose();
  }

  const Matrix& patterns_;
  Matrix weights_, multipliers_;
};

}  // namespace

/// The symmetric weights of zero diagonal with the largest κ/‖W‖ (Krauth & Mézard 1987 for one neuron; here jointly, since
/// W = Wᵀ ties the neurons), scaled to the margin that the design asks for. The duality gap is proved and reported.
Learned max_margin(const MemorySpec& memory) {
  const Matrix& patterns = memory.patterns;
  Learned learned;
  learned.bias = Vector::Zero(patterns.cols());
  learned.weights = Matrix::Zero(patterns.cols(), patterns.cols());
  learned.converged = false;
  if (patterns.cols() < 2) return learned;
  MarginProgram program(patterns);
  double gap = 1.0;
  while (!learned.converged && learned.epochs < memory.max_epochs) {
    ++learned.epochs;
    program.pass();
    const double margin = program.margin();
    if (margin <= 0.0) continue;
    const double primal = program.norm() / (margin * margin);   // of W/κ, which has margin 1
    gap = (primal - program.dual()) / primal;
    learned.converged = gap <= wanted_gap;
  }
  const double margin = program.margin();
  learned.weights = program.weights();
  if (margin > 0.0) learned.weights *= (memory.margin > 0.0 ? memory.margin : 1.0) / margin;
  if (margin <= 0.0) {
    learned.remarks.push_back("no weights of positive margin were found in " + std::to_string(learned.epochs) + " passes");
  } else {
    learned.remarks.push_back("largest margin to within " + number_text(gap) + " of ½Σ W² (duality gap), after " +
                              std::to_string(learned.epochs) + " passes");
  }
  return learned;
}

}  // namespace basin
