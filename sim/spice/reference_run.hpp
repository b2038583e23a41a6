#pragma once

#include "sim/spice/comparison.hpp"

namespace basin {

/// What the reference says of a cue: the circuit's equation by odeint, or that of the amplifiers.
struct ReferenceTrace {
  std::string end;                   // settled, oscillating, time-limit
  double t_end = 0.0;                // s
  std::vector<double> times;         // s
  Matrix u, v;                       // a row a time, volts; a held neuron's u is that of the start
  Vector end_u;
  double shortest = 0.0;             // s: the shortest time constant
};

/// Samples kept of a run unless `simulate.samples` says so.
inline constexpr int usual_samples = 400;

/// Sampled at `times`, ascending, or where there are none at i·t_end/K for i = 1 … K.
ReferenceTrace reference_trace(const Design& design, const PhysicalDesign& physical, const PhysicalCue& cue,
                               const std::vector<double>& times = {});

}  // namespace basin
