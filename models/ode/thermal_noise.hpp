#pragma once

#include "models/design/random.hpp"
#include "models/ode/path.hpp"

namespace basin {

/// Johnson noise of the resistors: R_i at temperature T adds a white current of (two-sided) spectral density 2 k_B T/R_i, so
/// that C_i du_i = (Σ_j T_ij V_j − u_i/R_i + I_i) dt + √(2 k_B T/R_i) dW_i. It does not depend on u: Itô's and Stratonovich's
/// readings of the equation are the same. A neuron without inputs has the variance k_B T/C_i (Nyquist 1928).
struct ThermalNoise {
  double energy = 0.0;   // k_B T: J when physical, in the units of the equation when normalised
  double step = 0.0;     // longest time step, s or τ; with delays no longer than the least positive one
  Random random;         // a run goes on with the draws where the one before it ended
};

/// Stochastic Heun steps of the circuit with its noise (NoisyPath), which must outlive the path.
std::unique_ptr<Path> make_noisy_path(System& system, const Circuit& circuit, const State& start, ThermalNoise& noise);

}  // namespace basin
