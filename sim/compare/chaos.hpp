#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/ode/lyapunov.hpp"
#include "sim/reference/clamp.hpp"

namespace basin {

struct Judgement;

/// Two trajectories are taken to have parted when a state differs by this fraction of B.
inline constexpr double parted = 0.05;
/// Deviations of a chaotic cue are judged for as long as the circuit amplifies tenfold on the average, ln 10/λ1.
inline constexpr double judged_growth = 10.0;

/// A statistic of V over a run: the hardware's, and the circuit's with what a run of the hardware's length scatters by.
struct InvariantStatistic {
  double circuit = 0.0;
  double hardware = 0.0;
  double allowed = 0.0;   // |hardware − circuit|, at 99.9 %; of a histogram distance its largest value

  [[nodiscard]] bool agrees() const;
};

/// How one neuron's V is distributed.
struct NeuronStatistics {
  InvariantStatistic mean, variance;
  InvariantStatistic histogram;   // total variation from the circuit's, 20 bins; `circuit` is that of a run of its own
};

/// A cue whose realised circuit is chaotic, beside the hardware (docs/verify.md, Chaos).
struct ChaosComparison {
  LyapunovExponent exponent;               // λ1 of the realised circuit, in 1/s or 1/τ
  double shadowing_time = 0.0;             // first time at which the two have parted, s or τ; the run's length if never
  double expected_shadowing = 0.0;         // 1 τ + ln(parted·B/e)/λ1, e the deviation within the first τ
  std::vector<NeuronStatistics> neurons;

  [[nodiscard]] bool agrees() const;
};

/// `hardware`, `reference`: u at every network step, a row each, of the core and of the realised circuit; `end`: where that was cut off. Empty when the circuit's
/// largest exponent is not above 0 with 95 % confidence, or it has no derivative.
std::optional<ChaosComparison> compare_chaos(const Judgement& judgement, const ClampedCircuit& released, const Matrix& hardware,
                                             const Matrix& reference, const Vector& end);

/// Network steps over which the deviation of such a cue is judged.
std::int64_t judged_steps(const ChaosComparison& chaos, double dt);

}  // namespace basin
