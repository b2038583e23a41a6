#pragma once

#include "models/learning/rule.hpp"

namespace basin {

/// One rule a file; learn() chooses and adds the margins. `patterns` is M × N, entries ±1.
Learned hebb(const MemorySpec& memory, Keep keep);
Learned storkey(const MemorySpec& memory);
Learned pseudo_inverse(const MemorySpec& memory, Keep keep);
Learned perceptron(const MemorySpec& memory);
Learned max_margin(const MemorySpec& memory);
Learned unlearning(const MemorySpec& memory);
Learned covariance(const MemorySpec& memory);
/// Adds hidden units, of the design's gain; sets the margins itself.
Learned polynomial(const Design& design);
/// Stores whatever it is given; sets the margins itself.
Learned any(const Design& design);
/// Runs through the memories one after the other; sets the margins itself.
Learned sequence(const Design& design);

}  // namespace basin
