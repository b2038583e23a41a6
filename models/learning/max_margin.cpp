#include <string>

#include "models/design/text.hpp"
#include "models/learning/integer_weights.hpp"
#include "models/learning/margin_program.hpp"
#include "models/learning/rules.hpp"

namespace basin {
namespace {

constexpr double wanted_gap = 1e-6;   // of the primal value

}  // namespace

/// The allowed weights of zero diagonal with the largest κ/‖W‖ (Krauth & Mézard 1987 for one neuron; jointly where W = Wᵀ ties
/// the neurons), scaled to the margin that the design asks for. The duality gap is proved and reported.
Learned max_margin(const MemorySpec& memory) {
  const WeightSpace space = weight_space(memory);
  if (memory.weight_bits) return integer_weights(memory, space);
  const Matrix& patterns = memory.patterns;
  Learned learned;
  learned.bias = Vector::Zero(patterns.cols());
  MarginProgram program(patterns, space);
  learned.epochs = patterns.cols() < 2 ? 0 : program.run(wanted_gap, memory.max_epochs);
  learned.weights = program.scaled(memory.margin > 0.0 ? memory.margin : 1.0);
  const double gap = program.gap();
  learned.converged = patterns.cols() >= 2 && gap <= wanted_gap;
  const std::string passes = std::to_string(learned.epochs) + " passes";
  if (!program.impossibility().empty()) {
    if (is_restricted(memory)) refuse_restriction(memory, program, "");
    learned.contradiction = program.impossibility();
    learned.remarks.push_back(impossibility_text(program.impossibility(), memory) + "; found in " + passes);
  } else if (program.margins().minCoeff() <= 0.0) {
    const std::string none = "no weights of positive margin were found in " + passes;
    if (is_restricted(memory)) refuse_restriction(memory, program, none);
    learned.remarks.push_back(none);
  } else {
    learned.remarks.push_back("largest margin to within " + three_digits(gap) + " of ½Σ W² (duality gap), after " + passes);
  }
  return learned;
}

}  // namespace basin
