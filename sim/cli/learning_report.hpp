#pragma once

#include <string>
#include <vector>

#include "models/design/design.hpp"
#include "models/learning/rule.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// The section `learning` of results.json: rule, whether it converged, passes, remarks; for the perceptron its mistakes and the
/// most that it could make; `contradiction` where no weights store the memories. Null when the design gives its weights.
Json learning_of(const Design& design, const Learned& learned);

/// Conditions of which no allowed weights meet all: `memory`, `neuron` and how many `times` each counts in their sum. `names` are the
/// memories'.
Json contradiction_of(const std::vector<Condition>& conditions, const std::vector<std::string>& names);

/// The same on the terminal: the mistakes, and each remark as a note.
void print_learning(Terminal& terminal, const Json& learning);

}  // namespace basin::cli
