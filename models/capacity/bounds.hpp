#pragma once

namespace basin {

/// Storkey: N/√(2 ln N) memories (Storkey, ICANN 1997).
double storkey_capacity(double neurons);
/// α_c(κ) of a unit whose weights are chosen best: 1/α_c = ∫_{−κ}^∞ Dt (t + κ)² (Gardner, J. Phys. A 21, 257 (1988)).
/// κ ≥ 0 is the margin divided by the length of the unit's weights.
double gardner_load(double margin);
/// Probability that a plane through the origin can divide `patterns` points in general position in `inputs` dimensions as a
/// random labelling asks (Cover, IEEE Trans. El. Comp. 14, 326 (1965)): ½ at patterns = 2 inputs.
double separable_probability(int inputs, int patterns);

}  // namespace basin
