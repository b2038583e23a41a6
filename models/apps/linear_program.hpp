#pragma once

#include "models/design/design.hpp"
#include "models/learning/rule.hpp"

namespace basin {

/// Weights, biases and constraint amplifiers of the circuit that solves the design's linear program: minimise A·x so that
/// D x ≥ B (Tank & Hopfield 1986; docs/lp.md). The design's neurons are the variables, x = `largest`·V = u as long as they do
/// not clip; a hidden unit a row of D, with output in (0, 1), carries the current K·max(B_j − D_j x, 0) to them. Throws
/// InputError for a design that gives input_resistance.
Learned linear_program_circuit(const Design& design);

/// What a state of that circuit says of the program.
struct ProgramSolution {
  Vector state;       // x, one a variable
  double value = 0.0; // A·x
  Vector residual;    // D_j x − B_j, one a constraint; negative: violated
  Vector dual;        // K·max(−residual, 0): the estimate of the constraint's dual variable
};

/// `outputs`: V of the variables, or of all neurons with the variables first.
ProgramSolution solution_at(const ProblemSpec& problem, const Vector& outputs);

}  // namespace basin
