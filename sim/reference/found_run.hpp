#pragma once

#include "sim/reference/simulation.hpp"

namespace basin {

/// What one cue's run finds; naming waits for the other cues.
struct FoundRun {
  SimulatedCue cue;
  Equilibrium end;        // of the free neurons, polished; not converged when unsettled. Its `stable` decides the name
  std::optional<bool> stable{};   // of real amplifiers with their delays; else as `end` says
  Equilibrium named;      // the same of all neurons, its u sign-carrying
  Vector end_u;           // u of all neurons at the polished end
  Vector end_v;           // V there, of real amplifiers; else it follows from end_u
  double end_energy = 0.0;
};

}  // namespace basin
