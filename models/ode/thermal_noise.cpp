#include "models/ode/thermal_noise.hpp"

#include "models/ode/delayed_system.hpp"
#include "models/ode/noisy_path.hpp"

namespace basin {

std::unique_ptr<Path> make_noisy_path(System& system, const Circuit& circuit, const State& start, ThermalNoise& noise) {
  const Vector amplitude = (2.0 * noise.energy * circuit.resistance.array()).sqrt() / circuit.tau.array();
  const auto draw = [amplitude, &noise](double spread, State& kick) {
    for (std::size_t i = 0; i < kick.size(); ++i) kick[i] = spread * amplitude[static_cast<Index>(i)] * noise.random.normal();
  };
  return std::make_unique<NoisyPath<DelayedSystem>>(DelayedSystem(system, circuit.delay, start), start, noise.step, draw);
}

}  // namespace basin
