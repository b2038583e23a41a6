#include "sim/capacity/theory.hpp"

#include "models/capacity/binary_theory.hpp"
#include "models/capacity/bounds.hpp"

namespace basin {

bool Theories::is_binary(const Cell& cell) const {
  return cell.rule == Rule::hebb && cell.sign && design_.memory.diagonal == Diagonal::zero;
}

const GradedTheory* Theories::graded(const Cell& cell) {
  const CircuitSpec& circuit = design_.circuit;
  const bool plain = circuit.activation == ActivationKind::tanh && circuit.activation_of.empty() && !circuit.unipolar.front() && circuit.bias.isZero(0.0) &&
                     circuit.threshold.isZero(0.0);
  if (cell.rule != Rule::hebb || cell.sign || !plain) return nullptr;
  return &by_gain_.try_emplace(cell.gain, cell.gain, design_.memory.diagonal).first->second;
}

std::optional<double> Theories::overlap_at(const Cell& cell, double load) {
  if (is_binary(cell)) {
    const auto state = binary_retrieval(load);
    return state ? std::optional(state->overlap) : std::nullopt;
  }
  const GradedTheory* const theory = graded(cell);
  if (theory == nullptr) return std::nullopt;
  const auto state = theory->at(load);
  return state ? std::optional(state->overlap) : std::nullopt;
}

CellTheory Theories::of(const Cell& cell) {
  CellTheory theory;
  theory.overlap = overlap_at(cell, cell.load());
  if (is_binary(cell)) {
    theory.name = "Amit, Gutfreund, Sompolinsky";
    theory.critical_load = critical_binary_retrieval().load;
  } else if (const GradedTheory* const known = graded(cell)) {
    theory.name = "Shiino, Fukai";
    theory.of_gain = true;
    theory.critical_load = known->critical() ? known->critical()->load : 0.0;
  } else if (cell.rule == Rule::storkey) {
    theory.name = "Storkey";
    theory.critical_load = storkey_capacity(cell.neurons) / cell.neurons;
    theory.of_size = true;
  } else if (cell.rule == Rule::perceptron || cell.rule == Rule::max_margin) {
    theory.name = "Gardner, Cover";
    theory.critical_load = gardner_load(0.0);
    theory.separable = separable_probability(cell.neurons - 1, cell.patterns);
  } else if (cell.rule == Rule::pseudo_inverse) {
    theory.name = "linear independence";
    theory.critical_load = 1.0;
  }
  return theory;
}

}  // namespace basin
