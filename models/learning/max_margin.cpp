#include <string>

#include "models/design/text.hpp"
#include "models/learning/margin_program.hpp"
#include "models/learning/rules.hpp"

namespace basin {

/// The symmetric weights of zero diagonal with the largest κ/‖W‖ (Krauth & Mézard 1987 for one neuron; here jointly, since
/// W = Wᵀ ties the neurons), scaled to the margin that the design asks for. The duality gap is proved and reported.
Learned max_margin(const MemorySpec& memory) {
  constexpr double wanted_gap = 1e-6;   // of the primal value
  const Matrix& patterns = memory.patterns;
  Learned learned;
  learned.bias = Vector::Zero(patterns.cols());
  learned.weights = Matrix::Zero(patterns.cols(), patterns.cols());
  learned.converged = false;
  if (patterns.cols() < 2) return learned;
  MarginProgram program(patterns, {});
  learned.epochs = program.run(wanted_gap, memory.max_epochs);
  const double margin = program.margin();
  const double gap = program.gap();
  learned.converged = gap <= wanted_gap;
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
