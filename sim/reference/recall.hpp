#pragma once

#include "models/ode/reference.hpp"
#include "sim/reference/phases.hpp"

namespace basin {

/// One recall of `circuit` from u0 (N): through `phases`, in each of which the held neurons keep their state and the
/// others are integrated with what the held outputs drive added to b, then with all neurons free until it settles. `clamp`:
/// V of neurons held in all phases and after, NaN where it is free; empty when none is. Their u stays that of u0.
///
/// Times count from the start, samples have N columns and rows of every phase; settle_time is not before the release, and
/// largest_energy_rise is within phases. With phases `energies` are of the whole circuit, else of its free neurons. Throws
/// std::invalid_argument when t_end is not after the release.
ReferenceRun recall(const Circuit& circuit, const Vector& u0, const Vector& clamp, const HoldPhases& phases,
                    const ReferenceOptions& options);

}  // namespace basin
