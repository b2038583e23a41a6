#include "models/learning/rule.hpp"

#include <stdexcept>
#include <utility>

#include "models/design/text.hpp"
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
    case Rule::unlearning: return unlearning(memory);
    case Rule::covariance: return covariance(memory);
    case Rule::polynomial:
    case Rule::any:
    case Rule::sequence:
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

/// Scales W and b down until no row has Σ_j|W_ij| + |b_i| above `most`.
void limit_row_sums(double most, Learned& learned) {
  const Vector rows = learned.weights.size() > 0 ? Vector(learned.weights.cwiseAbs().rowwise().sum())
                                                 : learned.factors->row_sums;
  const double largest = (rows + learned.bias.cwiseAbs()).maxCoeff();
  if (!(largest > most)) return;
  const double scale = most / largest;
  learned.weights *= scale;
  learned.bias *= scale;
  learned.exact_scale *= scale;
  if (learned.factors) {
    Factors factors = *learned.factors;
    factors.core *= scale;
    factors.diagonal *= scale;
    factors.row_sums *= scale;
    learned.factors = std::make_shared<const Factors>(std::move(factors));
  }
  learned.remarks.push_back("weights and biases are divided by " + three_digits(1.0 / scale) + ", which makes the largest row sum " +
                            number_text(most) + "; a gain larger by the same factor gives the same outputs");
}

}  // namespace

bool has_factors(const MemorySpec& memory) {
  return (memory.rule == Rule::hebb && memory.mask.size() == 0) || memory.rule == Rule::pseudo_inverse;
}

Learned learn(const Design& design, Keep keep) {
  if (design.memory.rule == Rule::any) return any(design);
  if (design.memory.rule == Rule::polynomial) return polynomial(design);
  if (design.memory.rule == Rule::sequence) return sequence(design);
  return learn(design.memory, keep);
}

Learned learn(const MemorySpec& memory, Keep keep) {
  if (keep == Keep::factors && !has_factors(memory)) throw std::invalid_argument("learn: the rule has no factors");
  Learned learned = run(memory, keep);
  if (keep == Keep::factors) {
    Factors factors = *learned.factors;
    factors.row_sums = factors.absolute_row_sums();
    learned.factors = std::make_shared<const Factors>(std::move(factors));
  }
  if (memory.row_sum) limit_row_sums(*memory.row_sum, learned);
  set_margins(learned, memory.patterns);
  return learned;
}

void to_ranges(const std::vector<bool>& unipolar, Learned& learned) {
  for (std::size_t j = 0; j < unipolar.size(); ++j) {
    if (!unipolar[j]) continue;
    const auto column = static_cast<Index>(j);
    learned.bias -= learned.weights.col(column);
    learned.weights.col(column) *= 2.0;
  }
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
