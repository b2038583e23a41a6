#pragma once

#include <optional>

#include "models/certify/equilibrium_ball.hpp"

namespace basin {

/// How deep in energy an equilibrium lies. On |u − ū| ≤ radius the energy, as a function of V, curves upwards by `convexity`
/// or more in every direction (its Hessian less convexity·1 is positive definite), and at the edge some V_i is `distance` or
/// more from the equilibrium's, so that E rises by `depth` ≤ ½ convexity·distance² on the way there. A start inside with E
/// below E(u*) + depth ends in u* (LaSalle). E = −½ VᵀWV − bᵀV + Σ∫g⁻¹, which is the energy of docs/math.md for R = 1.
struct EnergyWell {
  double radius = 0.0;
  double convexity = 0.0;
  double distance = 0.0;
  double depth = 0.0;
  bool certified = false;   // W = Wᵀ to the last bit: E falls along trajectories. Otherwise all this is an estimate
};

/// With the radius of a ladder that makes it deepest; empty where the energy is convex on none.
std::optional<EnergyWell> energy_well(const EnclosedCircuit& circuit, const EquilibriumBall& ball);

}  // namespace basin
