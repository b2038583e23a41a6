#pragma once

#include "models/learning/rule.hpp"

namespace basin {

/// The most mistakes that the perceptron rule can make from W = 0 with the margin that `memory` asks for (Novikoff 1962,
/// with a margin and with what a WeightSpace cuts off): (R² + 2κN)/γ², added up over the neurons unless they learn together.
/// γ is the margin of weights of unit norm, here of `learned` or of what some passes of max-margin find, whichever is larger; R²
/// is the number of inputs, or twice that where both ends of a weight learn at once. 0 when no such weights were found.
double mistake_bound(const MemorySpec& memory, const Learned& learned);

}  // namespace basin
