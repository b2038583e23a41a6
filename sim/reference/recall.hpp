#pragma once

#include "models/ode/reference.hpp"
#include "sim/reference/clamp.hpp"
#include "sim/reference/phases.hpp"

namespace basin {

/// One recall of `circuit` from u0 (of all neurons, N): through `phases`, in each of which the held neurons keep their state
/// and the others are integrated with what the held outputs drive added to b, then until it settles. What `circuit` itself
/// holds is held in all phases and after; the u of it stays that of u0.
///
/// Times count from the start, samples have N columns and rows of every phase; settle_time is not before the release, and
/// largest_energy_rise is within phases; visits are those after the release, and none where `circuit` holds something. `energies` are those of circuit.free_circuit() at its neurons' states, in every
/// phase: E of the whole circuit where `circuit` holds nothing. Throws std::invalid_argument when t_end is not after the
/// release.
ReferenceRun recall(const ClampedCircuit& circuit, const Vector& u0, const HoldPhases& phases, const ReferenceOptions& options);

}  // namespace basin
