#pragma once

#include <optional>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/circuit/pattern_visits.hpp"
#include "models/ode/system.hpp"

namespace basin {

struct ThermalNoise;   // models/ode/thermal_noise.hpp

enum class EndReason { settled, time_limit, oscillating, diverged };
/// "settled", "time-limit", "oscillating", "diverged".
const char* to_string(EndReason reason);

/// How to integrate. Times in s (physical) or τ (normalised).
struct ReferenceOptions {
  double rtol = 1e-8;
  double atol = 1e-10;
  std::optional<double> t_end;           // absent: until settled, at most 1,000 times the largest τ or delay, or to the last sample
  std::vector<double> sample_times;      // ascending; states are sampled there by dense output
  bool stop_when_settled = true;         // false: run to t_end (needs t_end) whatever happens
  bool record_energy = true;
  bool find_settle_time = true;          // false: settle_time stays 0
  bool keep_steps = false;               // every accepted step is a sample too
  ThermalNoise* noise = nullptr;         // of the resistors; needs t_end
  const Matrix* patterns = nullptr;      // ±1, over the first neurons: when u − θ takes the signs of a row is reported
};

/// One integration of the circuit from u0 by odeint's dopri5 with dense output.
struct ReferenceRun {
  EndReason reason = EndReason::time_limit;
  double t_final = 0.0;
  Vector u;                              // at t_final
  std::vector<double> times;             // the sample times reached; after settling the final state holds for the rest
  Matrix samples;                        // one row a sample time, N columns: u
  std::vector<double> energies;          // E at the sample times
  double largest_energy_rise = 0.0;      // over accepted steps, relative to energy_scale(); 0 when never rising,
                                         // −1 when T is not symmetric, with delays or noise, or when no energy is recorded
  std::optional<double> period;          // oscillating
  double settle_time = 0.0;              // first t after which |V(t) − V*|max ≤ 0.01 for good (V* = final V)
  std::vector<PatternVisit> visits;      // of the patterns asked for, as long as the run lasts
  std::size_t steps = 0;
  const char* form = "";                 // in which W was multiplied: dense, symmetric, factored, sparse, convolutional
};

/// Integrates one circuit, from as many starts as wanted: what a run needs of W is made once. One thread at a time.
class Integrator {
 public:
  /// Keeps a reference to `circuit`.
  explicit Integrator(const Circuit& circuit);
  /// See integrate().
  ReferenceRun run(const Vector& u0, const ReferenceOptions& options);
  /// The form in which W is multiplied.
  [[nodiscard]] const AnyCoupling<double>& coupling() const { return system_.coupling(); }

 private:
  const Circuit& circuit_;
  System system_;
  double bound_;   // B
};

/// Settled: |du/dt|·τ ≤ 10·rtol·B for every neuron, for as long as the longest delay. Oscillating: the state returns to a
/// section through itself with equal period and amplitude (docs/math.md); such a run ends there, but not before its last
/// sample. Diverged: a non-finite state. Hard units take exact arcs instead of dopri5 (docs/math.md); they have no delays
/// (std::invalid_argument). With delays the state before t = 0 was u0. With noise a step
/// ends at every sample, and no run settles: it ends as time_limit, or diverged; rtol, atol and find_settle_time play no part.
ReferenceRun integrate(const Circuit& circuit, const Vector& u0, const ReferenceOptions& options);

}  // namespace basin
