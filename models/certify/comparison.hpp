#pragma once

#include "models/certify/circuit_series.hpp"

namespace basin {

/// A of |e|′ ≤ A|e|, where e is the difference of two solutions in `box`: τ_i A_ij = |W_ij| sup V_j′ off the diagonal and
/// −1 + sup(W_ii V_i′) on it, rounded upwards. Müller's and Kamke's comparison theorem needs no more, for the off-diagonal
/// entries are not negative (Walter 1970, Differential and Integral Inequalities, ch. 12).
Matrix comparison_matrix(const CircuitField& field, const Balls& box);

/// No less than A x. Off-diagonal entries of A and x are not negative.
Vector comparison_product(const Matrix& a, const Vector& x);

/// No less than exp(hA) x, for A with off-diagonal entries ≥ 0, x ≥ 0, h ≥ 0: exp(−ch) times Taylor's sum of
/// exp(h(A + c)) x, every entry of which is not negative.
Vector exponential_bound(const Matrix& a, double h, const Vector& x);

/// How a bound of a difference grows in a time h.
struct Growth {
  bool proved = false;
  Vector reach;   // no less than |e(t)| for all t in [0, h]
  Vector after;   // no less than |e(h)|
};
/// Of the difference e of two solutions, one of which stays in `path` for the time h, |e(0)| ≤ `radius`. The box in which both
/// are is found by iteration.
Growth comparison_growth(const CircuitField& field, const Balls& path, const Vector& radius, double h);

}  // namespace basin
