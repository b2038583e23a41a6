#pragma once

#include "models/design/design.hpp"
#include "models/learning/rule.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// The section `learning` of results.json: rule, whether it converged, passes, remarks; for the perceptron its mistakes and the
/// most that it could make. Null when the design gives its weights.
Json learning_of(const Design& design, const Learned& learned);

/// The same on the terminal: the mistakes, and each remark as a note.
void print_learning(Terminal& terminal, const Json& learning);

}  // namespace basin::cli
