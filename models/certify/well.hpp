#pragma once

#include <optional>

#include "models/certify/equilibrium_ball.hpp"

namespace basin {

/// A proof that every start near an equilibrium u* ends in it, from a function that falls: L(u) = Σ w_iτ_i ∫ (g_i(x) −
/// g_i(u*_i)) dx from u*_i to u_i. On |u − ū| ≤ radius the Hessian with `weights` w is positive definite, so L falls along
/// trajectories there; at the edge L ≥ depth, and for |u − ū| ≤ start L < depth: such a start never comes to the edge
/// (LaSalle). W need not be symmetric.
struct Well {
  double radius = 0.0;
  double depth = 0.0;
  double start = 0.0;
  Vector weights;
};

/// With the radius of a ladder that gives the widest start; empty where none does.
std::optional<Well> well(const EnclosedCircuit& circuit, const EquilibriumBall& ball);

}  // namespace basin
