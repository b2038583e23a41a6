#include "models/ode/smooth_path.hpp"

#include "models/ode/delayed_system.hpp"
#include "models/ode/run_limits.hpp"

namespace basin {

std::unique_ptr<Path> make_smooth_path(System& system, const Vector& delay, const State& start, double rtol, double atol) {
  const double first = first_step * *std::min_element(system.tau().begin(), system.tau().end());
  return std::make_unique<SmoothPath<DelayedSystem>>(DelayedSystem(system, delay, start), start, first, rtol, atol);
}

}  // namespace basin
