#pragma once

#include "models/learning/rule.hpp"
#include "models/learning/weight_space.hpp"

namespace basin {

/// Weights of `memory.weight_bits` bits, whole multiples of one unit throughout: ±(2^(bits−1) − 1) at most. `perceptron`: its
/// rule with counts that stop at the limit, from zero, for ever larger margins; else from rounded weights of largest margin. `max-margin`: of those
/// rounded at several scales, and mended by the same rule where a margin is short, the set of largest κ/‖W‖. Where all that fails weights learn by chance. The unit makes the
/// least margin `memory.margin`. Throws ClaimError, with the bits that do, when none are found with every margin positive.
Learned integer_weights(const MemorySpec& memory, const WeightSpace& space);

}  // namespace basin
