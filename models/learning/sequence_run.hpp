#pragma once

#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/circuit/pattern_visits.hpp"

namespace basin {

/// The memories that `circuit` (core coordinates, dense) passes through from memory 0 with its hidden units at their biases,
/// by exponential Euler steps of an eighth of the least τ: memory 0 at t = 0 first, each as its signs appear. Ends with the
/// visit that makes `visits`, or at `t_end` (unit of τ).
std::vector<PatternVisit> memories_passed(const Circuit& circuit, const Matrix& patterns, std::size_t visits, double t_end);

}  // namespace basin
