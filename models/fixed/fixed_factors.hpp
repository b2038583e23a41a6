#pragma once

#include "models/circuit/factors.hpp"
#include "models/fixed/network.hpp"

namespace basin {

/// The integers of `factors` in units of `unit`: Â rounds A, and D̂ takes away what XᵀÂX has on the diagonal of neurons that
/// have none (W_ii = 0), nothing where the rule keeps it (d = 0). X must be ±1. Throws ClaimError when D̂ leaves 32 bits.
FixedFactors fixed_factors(const Factors& factors, double unit);

/// What they stand for; `memories` is M. Without row sums.
Factors realised_factors(const FixedFactors& fixed, Index memories, double unit);

}  // namespace basin
