#include "sim/reference/run_noise.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "models/ode/run_limits.hpp"
#include "sim/reference/phases.hpp"

namespace basin {
namespace {

constexpr double boltzmann = 1.380649e-23;   // J/K

/// k_B T: J when physical, in the units of the equation when normalised.
double energy_of(const Design& design) {
  return design.circuit.units == Units::physical ? boltzmann * *design.noise.temperature : *design.noise.temperature;
}

Random draws(const Design& design, std::uint32_t run) { return {design.noise.seed, Stream::thermal_noise, run}; }

}  // namespace

std::optional<double> end_of(const Design& design, const Designed& designed) {
  if (design.simulate.t_end || !design.noise.temperature) return design.simulate.t_end;
  const Circuit& circuit = designed.circuit;
  return release_time(designed.phases) + end_with_noise * std::max(circuit.tau.maxCoeff(), circuit.longest_delay());
}

std::optional<ThermalNoise> noise_of(const Design& design, const Circuit& circuit, std::uint32_t run) {
  if (!design.noise.temperature) return std::nullopt;
  return ThermalNoise{energy_of(design), design.noise.step.value_or(noise_step * circuit.tau.minCoeff()), draws(design, run)};
}

std::optional<ThermalNoise> noise_of(const Design& design, const PhysicalDesign& physical, std::uint32_t run) {
  if (!design.noise.temperature) return std::nullopt;
  double energy = energy_of(design);
  if (design.circuit.units == Units::normalised) energy *= physical.volts() * physical.volts() * design.physical.capacitance_f;
  double step = noise_step * physical.parts.made.tau.minCoeff();
  if (physical.amplifiers.has_pole()) {
    step = std::min(step, followed_step / (2.0 * std::numbers::pi * physical.amplifiers.pole_hz.maxCoeff()));
  }
  if (design.noise.step) step = *design.noise.step * physical.parts.time_unit;
  return ThermalNoise{energy, step, draws(design, run)};
}

std::optional<SimulatedNoise> describe_noise(const Design& design, const Designed& designed, const PhysicalDesign* physical) {
  const auto noise = physical != nullptr ? noise_of(design, *physical, 0) : noise_of(design, designed.circuit, 0);
  if (!noise) return std::nullopt;
  const Circuit& circuit = designed.circuit;
  SimulatedNoise found{noise->step, *end_of(design, designed), 0.0};
  if (physical != nullptr) {
    found.step /= physical->parts.time_unit;
    found.rms = std::sqrt(noise->energy / physical->parts.network.capacitance.minCoeff()) / physical->volts();
  } else {
    found.rms = std::sqrt(noise->energy / circuit.tau.cwiseQuotient(circuit.resistance).minCoeff());
  }
  double shortest = found.step;
  for (const double delay : circuit.delay) shortest = delay > 0.0 ? std::min(shortest, delay) : shortest;
  const double most = 0.9 * static_cast<double>(max_steps);
  if (found.t_end <= most * shortest) return found;
  if (design.noise.step && shortest == found.step) {
    throw InputError(Location{design.file, 0}, "noise.step",
                     number_text(found.step) + " is too short for a run of " + number_text(found.t_end) +
                         "; allowed: at least " + number_text(found.t_end / most));
  }
  throw InputError(Location{design.file, 0}, "simulate.t_end",
                   number_text(found.t_end) + " is too long with noise, whose steps are at most " + number_text(shortest) +
                       " for the least time constant, the fastest pole or the least delay; allowed: at most " +
                       number_text(most * shortest));
}

}  // namespace basin
