#include <string>

#include "models/learning/rules.hpp"

namespace basin {
namespace {

/// One pattern: every neuron whose margin is short learns the pattern, in both directions of its weights, so W stays
/// symmetric. `counts` is N W: whole numbers, so the result is the same on every machine. True when a neuron learned.
bool present(const Vector& pattern, double margin, Matrix& counts) {
  const double enough = margin * static_cast<double>(pattern.size());
  const Vector local = (counts * pattern).cwiseProduct(pattern);
  bool learned = false;
  for (Index i = 0; i < pattern.size(); ++i) {
    if (local[i] >= enough) continue;
    learned = true;
    for (Index j = 0; j < pattern.size(); ++j) {
      if (j == i) continue;
      counts(i, j) += pattern[i] * pattern[j];
      counts(j, i) = counts(i, j);
    }
  }
  return learned;
}

}  // namespace

/// Symmetric perceptron rule (Gardner 1988, symmetric form): patterns in file order, neurons in order, from W = 0, until a
/// whole epoch finds every local field ξ_i Σ_j W_ij ξ_j ≥ margin. The diagonal stays zero.
Learned perceptron(const MemorySpec& memory) {
  const Matrix& patterns = memory.patterns;
  Learned learned;
  learned.exact_scale = 1.0 / static_cast<double>(patterns.cols());
  Matrix counts = Matrix::Zero(patterns.cols(), patterns.cols());
  learned.bias = Vector::Zero(patterns.cols());
  learned.converged = false;
  while (!learned.converged && learned.epochs < memory.max_epochs) {
    ++learned.epochs;
    bool changed = false;
    for (Index m = 0; m < patterns.rows(); ++m) {
      changed = present(patterns.row(m).transpose(), memory.margin, counts) || changed;
    }
    learned.converged = !changed;
  }
  learned.weights = counts * learned.exact_scale;
  if (!learned.converged) {
    learned.remarks.push_back("the perceptron rule did not reach its margin in " + std::to_string(learned.epochs) +
                              " epochs");
  }
  return learned;
}

}  // namespace basin
