#pragma once

#include "sim/cli/results.hpp"
#include "sim/compare/traces.hpp"
#include "sim/reference/simulation.hpp"

namespace basin::cli {

/// What a simulation claims: no state diverged, and for symmetric T the energy never rose.
bool simulation_holds(const Simulation& found);
/// Adds what `simulate` found to the head of its document.
void add_simulation(Json& document, const Design& design, const Simulation& found);
/// The samples and weights as the arrays of results.h5.
Traces traces_of(const Design& design, const Simulation& found);

}  // namespace basin::cli
