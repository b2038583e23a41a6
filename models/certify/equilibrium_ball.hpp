#pragma once

#include <limits>
#include <optional>

#include "models/certify/enclosed_circuit.hpp"

namespace basin {

/// A proof that f(u) = −u + W V(u) + b has exactly one zero near `centre` (Newton–Kantorovich in the radii form): with A near
/// the inverse Jacobian, Y ≥ ‖A f(ū)‖, Z0 ≥ ‖1 − A J(ū)‖ and Z2 ≥ ‖|A W| sup|g″|‖ over |u − ū| ≤ reach, all in the maximum
/// norm, there is one zero in |u − ū| ≤ inner, and no other in |u − ū| < outer (|u − ū| ≤ outer where outer = reach): ½ Z2 r²
/// − (1 − Z0) r + Y ≤ 0 from inner to outer. Bounds are rounded away by a part in 2^20, so that another A proves them too.
struct EquilibriumBall {
  Vector centre;
  double reach = std::numeric_limits<double>::infinity();   // how far from the centre Z2 bounds the curvature
  double defect = 0.0;      // Y
  double remainder = 0.0;   // Z0
  double curvature = 0.0;   // Z2
  double inner = 0.0;       // r−
  double outer = 0.0;       // r+
};

/// The proof with sup|g″| over |u − ū| ≤ `reach`; empty where it fails.
std::optional<EquilibriumBall> equilibrium_ball(const EnclosedCircuit& circuit, const Vector& centre, double reach);
/// The same with the largest reach of a ladder for which it works: the whole space, then down from 0.1.
std::optional<EquilibriumBall> equilibrium_ball(const EnclosedCircuit& circuit, const Vector& centre);

}  // namespace basin
