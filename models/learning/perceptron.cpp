#include "models/learning/perceptron.hpp"

#include <string>

#include "models/learning/integer_weights.hpp"
#include "models/learning/margin_program.hpp"
#include "models/learning/rules.hpp"

namespace basin {
namespace {

std::int64_t present(const Perceptron& perceptron, const WeightSpace& space, const Vector& pattern, Matrix& counts) {
  const Vector local = (counts * pattern).cwiseProduct(pattern);
  std::int64_t mistakes = 0;
  for (Index i = 0; i < pattern.size(); ++i) {
    if (local[i] >= perceptron.enough && local[i] > 0.0) continue;
    ++mistakes;
    if (perceptron.chance == nullptr) {
      space.add(i, pattern[i], pattern, perceptron.limit, counts, counts);
    } else {
      const auto now = [&](double entry) { return perceptron.chance->sign() > 0.0 ? entry : 0.0; };
      space.add(i, pattern[i], pattern.unaryExpr(now), perceptron.limit, counts, counts);
    }
  }
  return mistakes;
}

/// The rule itself finds no proof that nothing helps: max-margin does.
[[noreturn]] void refuse(const MemorySpec& memory, const WeightSpace& space, const std::string& missed) {
  constexpr double coarse_gap = 1e-2;
  MarginProgram program(memory.patterns, space);
  program.run(coarse_gap, memory.max_epochs);
  refuse_restriction(memory, program, missed);
}

}  // namespace

void Perceptron::run(const Matrix& patterns, const WeightSpace& space, Matrix& counts) {
  const bool may_repeat = limit < WeightSpace::no_limit && chance == nullptr;
  Matrix earlier = may_repeat ? counts : Matrix();
  int compare_until = 1;   // then `earlier` moves on: Brent's way of finding a cycle
  while (!converged && epochs < most_epochs) {
    ++epochs;
    std::int64_t wrong = 0;
    for (Index m = 0; m < patterns.rows(); ++m) wrong += present(*this, space, patterns.row(m).transpose(), counts);
    mistakes += wrong;
    converged = wrong == 0;
    if (!may_repeat || converged) continue;
    if (counts == earlier) return;
    if (epochs < compare_until) continue;
    earlier = counts;
    compare_until *= 2;
  }
}

/// From W = 0 until a whole epoch finds every local field ξ_i Σ_j W_ij ξ_j ≥ margin. Computed in whole multiples of 1/N, so the
/// result is the same on every machine. The diagonal stays zero.
Learned perceptron(const MemorySpec& memory) {
  const WeightSpace space = weight_space(memory);
  if (memory.weight_bits) return integer_weights(memory, space);
  const auto size = static_cast<double>(memory.patterns.cols());
  Matrix counts = Matrix::Zero(memory.patterns.cols(), memory.patterns.cols());
  Perceptron rule;
  rule.enough = memory.margin * size;
  rule.most_epochs = memory.max_epochs;
  rule.run(memory.patterns, space, counts);

  Learned learned;
  learned.exact_scale = 1.0 / size;
  learned.weights = counts * learned.exact_scale;
  learned.bias = Vector::Zero(memory.patterns.cols());
  learned.epochs = rule.epochs;
  learned.mistakes = rule.mistakes;
  learned.converged = rule.converged;
  if (!learned.converged) {
    const std::string missed =
        "the perceptron rule did not reach its margin in " + std::to_string(learned.epochs) + " epochs";
    if (is_restricted(memory)) refuse(memory, space, missed);
    learned.remarks.push_back(missed);
  }
  return learned;
}

}  // namespace basin
