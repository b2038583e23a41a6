#pragma once

#include <optional>

#include "models/apps/linear_program.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// {value, state, constraints: [{residual, dual}]}; null when there is none.
Json solution_of(const std::optional<ProgramSolution>& solution);
/// Cost, variables and constraints of the program at the circuit's equilibrium; beside them, when `hardware` is given, those of
/// the hardware. Nothing for designs without a problem.
void print_solution(Terminal& terminal, const Design& design, const std::optional<ProgramSolution>& circuit,
                    const std::optional<ProgramSolution>& hardware = std::nullopt);

}  // namespace basin::cli
