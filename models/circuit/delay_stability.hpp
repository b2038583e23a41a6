#pragma once

#include <optional>

#include "models/circuit/circuit.hpp"

namespace basin {

/// A system with delays near an equilibrium: ẏ_i(t) = Σ_j now_ij y_j(t) + late_ij y_j(t − delay_j). Its characteristic roots are the
/// λ at which λ − now − late diag(e^{−λ delay}) is singular: infinitely many, finitely many of them to the right of any line.
struct DelayedLinearisation {
  Matrix now, late;   // 1/s (1/τ when normalised), n × n
  Vector delay;       // n; columns of `late` with a delay of 0 act at once
};

/// Of a circuit near the equilibrium u. Needs the dense W and smooth units.
DelayedLinearisation linearise(const Circuit& circuit, const Vector& u);

/// The rightmost roots, by falling real part, at most as many as there are entries: eigenvalues of the generator of the solutions,
/// discretised at Chebyshev points of every delay of its own (Breda, Maset & Vermiglio 2015, ch. 5), then refined on the
/// characteristic matrix itself where that leads nowhere else. Empty where the discretised generator would have more than
/// `most_unknowns` rows: many neurons, or strong ones with delays of many time constants.
Eigen::VectorXcd characteristic_roots(const DelayedLinearisation& system);
inline constexpr Index most_unknowns = 600;

struct DelayStability {
  Eigen::VectorXcd roots;       // characteristic_roots()
  std::optional<bool> stable;   // every root has a negative real part; empty where that is not known
};

/// By the rightmost root; where there are too many, what no delay can change: yes when the system is stable whatever the delays are,
/// its comparison matrix being stable; no when it has a positive real root, whatever they are.
DelayStability judge(const DelayedLinearisation& system);
/// The same of a circuit at the equilibrium u; nothing is known of one that keeps W as factors.
DelayStability judge(const Circuit& circuit, const Vector& u);

/// The verdict alone, which needs no roots where the delays do not matter.
std::optional<bool> is_stable(const DelayedLinearisation& system);

}  // namespace basin
