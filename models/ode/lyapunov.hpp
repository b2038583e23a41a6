#pragma once

#include "models/circuit/circuit.hpp"

namespace basin {

/// How a largest Lyapunov exponent is measured. Times in s (physical) or τ (normalised).
struct LyapunovOptions {
  double rtol = 1e-8;
  double atol = 1e-10;
  double transient = 0.0;   // left out at the start, in which the perturbation turns into the fastest growing direction
  double duration = 0.0;    // measured after it
  double interval = 0.0;    // between two normalisations of the perturbation
};

/// λ1 = lim (1/t) ln |δ(t)|/|δ(0)|, in 1/s or 1/τ.
struct LyapunovExponent {
  double largest = 0.0;
  double standard_error = 0.0;   // from the scatter of 20 equal parts of the duration
  Vector end;                    // u at the end

  /// Whether the 95 % interval is above 0.
  [[nodiscard]] bool is_chaotic() const { return largest > 1.96 * standard_error; }
};

/// Benettin, Galgani, Giorgilli & Strelcyn 1980: the circuit and its variational equation δ̇ = J(u)δ, integrated together by
/// dopri5 from u0 with every component of both under error control, δ normalised after every interval. Smooth units with a
/// dense W alone (std::invalid_argument).
LyapunovExponent largest_lyapunov(const Circuit& circuit, const Vector& u0, const LyapunovOptions& options);

}  // namespace basin
