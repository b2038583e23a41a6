#include "models/learning/rule.hpp"

#include <stdexcept>
#include <utility>

#include "models/learning/rules.hpp"

namespace basin {
namespace {

Learned run(const MemorySpec& memory, Keep keep) {
  switch (memory.rule) {
    case Rule::hebb: return hebb(memory, keep);
    case Rule::storkey: return storkey(memory);
    case Rule::pseudo_inverse: return pseudo_inverse(memory, keep);
    case Rule::perceptron: return perceptron(memory);
    case Rule::max_margin: return max_margin(memory);
    case Rule::any:
    case Rule::none: break;
  }
  throw std::invalid_argument("learn: no rule of the patterns alone");
}

/// Σ_j W_ij ξ_j + b_i of every pattern, M × N.
Matrix fields_of(const Learned& learned, const Matrix& patterns) {
  if (learned.weights.size() > 0) return (patterns * learned.weights.transpose()).rowwise() + learned.bias.transpose();
  Matrix fields(patterns.rows(), patterns.cols());
  for (Index m = 0; m < patterns.rows(); ++m) {
    fields.row(m) = learned.factors->times(patterns.row(m)) + learned.bias;
  }
  return fields;
}

}  // namespace

bool has_factors(Rule rule) { return rule == Rule::hebb || rule == Rule::pseudo_inverse; }

Learned learn(const Design& design, Keep keep) {
  return design.memory.rule == Rule::any ? any(design) : learn(design.memory, keep);
}

Learned learn(const MemorySpec& memory, Keep keep) {
  if (keep == Keep::factors && !has_factors(memory.rule)) throw std::invalid_argument("learn: the rule has no factors");
  Learned learned = run(memory, keep);
  if (keep == Keep::factors) {
    Factors factors = *learned.factors;
    factors.row_sums = factors.absolute_row_sums();
    learned.factors = std::make_shared<const Factors>(std::move(factors));
  }
  set_margins(learned, memory.patterns);
  return learned;
}

void set_margins(Learned& learned, const Matrix& patterns) {
  const Matrix fields = fields_of(learned, patterns);
  learned.margins = Vector::Zero(patterns.rows());
  learned.weakest.assign(static_cast<std::size_t>(patterns.rows()), 0);
  for (Index m = 0; m < patterns.rows(); ++m) {
    Index weakest = 0;
    learned.margins[m] = fields.row(m).cwiseProduct(patterns.row(m)).minCoeff(&weakest);
    learned.weakest[static_cast<std::size_t>(m)] = static_cast<int>(weakest);
  }
}

}  // namespace basin
