#pragma once

#include <optional>

#include "models/circuit/circuit.hpp"

namespace basin {

/// Proves that a memory is stored: a box of outputs s_iV_i ≥ a over the visible neurons, and what they make of the hidden
/// ones, that no trajectory leaves and in which all come together at one point, an exponentially stable equilibrium of the
/// signs `signs` (the visible neurons', ±1). Interval arithmetic with the rounding error added outwards (docs/math.md).
/// `circuit` is in core coordinates, dense, of odd activation, without weights among hidden units.
///
/// The least a of a ladder from 0.5 up for which the proof works; empty when it works for none.
std::optional<double> attracting_box(const Circuit& circuit, const Vector& signs);

}  // namespace basin
