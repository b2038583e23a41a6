#pragma once

#include "models/design/random.hpp"
#include "models/ode/reference.hpp"

namespace basin {

/// Johnson noise of the resistors: R_i at temperature T adds a white current of (two-sided) spectral density 2 k_B T/R_i, so
/// that C_i du_i = (Σ_j T_ij V_j − u_i/R_i + I_i) dt + √(2 k_B T/R_i) dW_i. It does not depend on u: Itô's and Stratonovich's
/// readings of the equation are the same. A neuron without inputs has the variance k_B T/C_i (Nyquist 1928).
struct ThermalNoise {
  double energy = 0.0;   // k_B T: J when physical, in the units of the equation when normalised
  double step = 0.0;     // longest time step, s or τ; with delays no longer than the least positive one
  Random random;         // a run goes on with the draws where the one before it ended
};

/// Integrates from u0 with `options.noise` to `options.t_end` (both must be given, else std::invalid_argument), by stochastic
/// Heun steps: weak order 2, for the noise is additive (Kloeden & Platen 1992, §15.1). A step ends at every sample time. Such
/// a run never settles: it ends as time_limit, or diverged. Of the options rtol, atol, stop_when_settled, find_settle_time and
/// keep_steps play no part. largest_energy_rise is −1.
ReferenceRun integrate_with_noise(const Circuit& circuit, System& system, const Vector& u0, const ReferenceOptions& options);

}  // namespace basin
