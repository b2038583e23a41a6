#pragma once

#include <vector>

#include "models/certify/comparison.hpp"

namespace basin {

/// What holds for ever of a solution near a state u* that need not be an equilibrium.
struct Rest {
  bool proved = false;
  Vector stay;    // R: |u(t) − u*| ≤ R now implies it for all later t
  std::vector<Vector> limits;   // r ≤ R, falling: limsup |u(t) − u*| ≤ r for each; the last is the tightest
};

/// Finds R ≥ `radius` with A(R) R + d < 0, where d = |u̇(u*)| and A(R) is the comparison matrix of the box u* ± R: on the faces
/// of that box |u_i − u*_i| falls. A(R) is then minus an M-matrix, so that A(R) r + d < 0 says that the bound of the difference
/// tends to (−A)⁻¹ d ≤ r; being inside every larger box after some time, A may then be taken over r, and so on. R and r are
/// multiples of `unit`, a power of two.
Rest find_rest(const CircuitField& field, const Vector& u, const Vector& radius, double unit);

/// Least multiples of `unit`, a power of two, that are no less than `x`.
Vector rounded_up(const Vector& x, double unit);

}  // namespace basin
