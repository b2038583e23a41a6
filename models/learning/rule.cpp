#include "models/learning/rule.hpp"

#include <stdexcept>

#include "models/learning/rules.hpp"

namespace basin {
namespace {

Learned run(const MemorySpec& memory) {
  switch (memory.rule) {
    case Rule::hebb: return hebb(memory);
    case Rule::storkey: return storkey(memory);
    case Rule::pseudo_inverse: return pseudo_inverse(memory);
    case Rule::perceptron: return perceptron(memory);
    case Rule::max_margin: return max_margin(memory);
    case Rule::none: break;
  }
  throw std::invalid_argument("learn: the design has no learning rule");
}

}  // namespace

Learned learn(const MemorySpec& memory) {
  Learned learned = run(memory);
  set_margins(learned, memory.patterns);
  return learned;
}

void set_margins(Learned& learned, const Matrix& patterns) {
  const Matrix fields = (patterns * learned.weights.transpose()).rowwise() + learned.bias.transpose();
  learned.margins = Vector::Zero(patterns.rows());
  learned.weakest.assign(static_cast<std::size_t>(patterns.rows()), 0);
  for (Index m = 0; m < patterns.rows(); ++m) {
    Index weakest = 0;
    learned.margins[m] = fields.row(m).cwiseProduct(patterns.row(m)).minCoeff(&weakest);
    learned.weakest[static_cast<std::size_t>(m)] = static_cast<int>(weakest);
  }
}

}  // namespace basin
