#pragma once

#include <cstdint>
#include <optional>

#include "models/ode/thermal_noise.hpp"
#include "sim/reference/physical_design.hpp"

namespace basin {

/// How long a run with noise lasts unless the design says it, after its phases: in the longest τ or delay.
inline constexpr double end_with_noise = 100.0;
/// Its time step, unless the design says it: in the least τ.
inline constexpr double noise_step = 0.01;
/// And at most, in what a step has to follow though no memory depends on it: the least 1/(2π pole), the RC of a shorted node.
inline constexpr double followed_step = 0.1;

/// The noise of a simulation and what follows from it, in the units of the design.
struct SimulatedNoise {
  double step = 0.0;                   // longest time step
  double t_end = 0.0;
  double rms = 0.0;                    // √(k_B T/C) of the least C: of a neuron without inputs
};

/// When a run ends at the latest: by the design, else with noise, of which none settles, by end_with_noise.
std::optional<double> end_of(const Design& design, const Designed& designed);

/// The noise of one run of the design's circuit; none without a temperature. `run`: which draws it gets.
std::optional<ThermalNoise> noise_of(const Design& design, const Circuit& circuit, std::uint32_t run);

/// The same on its components, in joules and seconds. A normalised design's temperature becomes the one that moves u as much.
std::optional<ThermalNoise> noise_of(const Design& design, const PhysicalDesign& physical, std::uint32_t run);

/// The noise of all cues, on the components where there are any. Throws InputError when its steps would not reach the end.
std::optional<SimulatedNoise> describe_noise(const Design& design, const Designed& designed, const PhysicalDesign* physical);

}  // namespace basin
