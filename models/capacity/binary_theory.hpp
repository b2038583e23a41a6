#pragma once

#include <optional>

namespace basin {

/// Retrieval by Hebb's rule at T = 0 in the limit N → ∞: the replica-symmetric saddle point of Amit, Gutfreund and
/// Sompolinsky (Ann. Phys. 173, 30 (1987)), two-valued neurons, zero diagonal.
struct BinaryRetrieval {
  double load = 0.0;     // α = M/N
  double overlap = 0.0;  // m
  double noise = 0.0;    // r: the noise of the other memories has variance αr
  double energy = 0.0;   // per neuron, with W = (1/N) Σ ξξᵀ
};

/// The retrieval state at `load` > 0; empty above the critical load, where there is none.
std::optional<BinaryRetrieval> binary_retrieval(double load);
/// At α_c, the largest load with a retrieval state.
BinaryRetrieval critical_binary_retrieval();

}  // namespace basin
