#pragma once

namespace basin {

/// Probability that a neuron of a stored pattern is turned by one synchronous step of Hebb's rule with zero diagonal at load
/// α = M/N, N large: ½ erfc(1/√(2α)).
double one_step_error(double load);
/// Hebb: the largest M at which every neuron of every memory is still fixed with high probability, N/(4 ln N), and at which
/// that holds for most memories, N/(2 ln N) (McEliece et al., IEEE Trans. Inf. Theory 33, 461 (1987)).
double hebb_every_memory_fixed(double neurons);
double hebb_most_memories_fixed(double neurons);
/// Storkey: N/√(2 ln N) memories (Storkey, ICANN 1997).
double storkey_capacity(double neurons);
/// α_c(κ) of a unit whose weights are chosen best: 1/α_c = ∫_{−κ}^∞ Dt (t + κ)² (Gardner, J. Phys. A 21, 257 (1988)).
/// κ ≥ 0 is the margin divided by the length of the unit's weights.
double gardner_load(double margin);
/// Probability that a plane through the origin can divide `patterns` points in general position in `inputs` dimensions as a
/// random labelling asks (Cover, IEEE Trans. El. Comp. 14, 326 (1965)): ½ at patterns = 2 inputs.
double separable_probability(int inputs, int patterns);

}  // namespace basin
