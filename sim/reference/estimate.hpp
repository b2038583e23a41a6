#pragma once

#include <cstddef>

#include "models/design/design.hpp"

namespace basin {

/// The most bytes that verify() keeps of cues it probes together; one cue may take more.
inline constexpr double probed_together_bytes = 256.0 * 1024 * 1024;

/// What a run is expected to take beyond the design itself, from the design alone: rough by a factor of two in memory, more
/// in time (nobody knows how long a recall takes before it is made). The rates are those of one core of docs/performance.md.
struct Estimate {
  double bytes = 0.0;     // at the peak
  double seconds = 0.0;   // of the clock; 0: not known
};

/// Evaluations of the circuit's equation in one run with the design's noise, the amplifiers aside.
double noisy_evaluations(const Design& design);

/// Of simulate() on `jobs` threads with its results; `csv`: samples.csv too.
Estimate estimate_simulation(const Design& design, int jobs, bool csv);

/// Of run_verification() on `jobs` threads with its results: the golden model, `simulators` Verilated copies of the core
/// (Verilator, SystemC), and no slower engine.
Estimate estimate_verification(const Design& design, int jobs, int simulators);

/// Of run_atlas() on `jobs` threads: `starts` recalls by the realised circuit and by the fixed-point model.
Estimate estimate_atlas(const Design& design, int jobs, std::size_t starts);

}  // namespace basin
