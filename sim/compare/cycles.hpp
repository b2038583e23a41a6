#pragma once

#include "models/circuit/circuit.hpp"

namespace basin {

/// Two limit cycles are the same when their periods differ by at most this fraction …
inline constexpr double same_period_tolerance = 0.01;
/// … and no neuron of either is further than this fraction of its own scale from the curve of the other.
inline constexpr double same_cycle_tolerance = 0.01;

/// Once round a limit cycle: states at equal times, a row each; the curve is closed from the last to the first. Time says
/// nothing of where it begins.
struct Cycle {
  Matrix states;
  double period = 0.0;   // network steps

  /// The last `period` steps of `samples`, which has a row a step.
  static Cycle of_end(const Matrix& samples, double period);
};

/// How far each neuron's state swings at most: Σ_j|W_ij| + |b_i|, which is B = `bound` for the widest; a hundredth of B where that is
/// less, so that rounding is no part.
Vector cycle_scale(const Circuit& circuit, double bound);

/// Largest distance of a state of `a` from the curve of `b`, or the other way round, of any neuron in units of its `scale` (N). The
/// curves are followed in the order of time, so that two that cover the same states in another order differ.
double cycle_distance(const Cycle& a, const Cycle& b, const Vector& scale);

/// Every state with the one a quarter of a period before beside it: with delays a state may be passed twice a round, and in its
/// past alone differ.
Cycle with_past(const Cycle& cycle);
/// Whether both tolerances are kept. `scale`: how far each neuron's state can swing, N.
bool same_cycle(const Cycle& a, const Cycle& b, const Vector& scale);

}  // namespace basin
