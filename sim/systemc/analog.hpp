#pragma once

#include <cstdint>
#include <memory>
#include <ostream>
#include <systemc>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/ode/path.hpp"
#include "models/ode/system.hpp"
#include "sim/reference/clamp.hpp"
#include "sim/reference/hold_walk.hpp"
#include "sim/reference/phases.hpp"

namespace basin::systemc {

/// The analog circuit's state after `step` network steps.
struct AnalogStep {
  std::int64_t step = 0;
  State u;
};
inline std::ostream& operator<<(std::ostream& stream, const AnalogStep& one) { return stream << "analog step " << one.step; }

/// How circuit time runs beside simulated time: `dt` of the circuit (one network step) takes `interval` of the simulation.
struct TimeScale {
  double dt = 0.0;
  sc_core::sc_time interval;
};

/// What a recall holds.
struct AnalogHolds {
  HoldPhases phases;
  Vector clamp;   // V held in all of them and after, NaN where free; empty when none is
};

/// The circuit as an SC_MODULE: odeint's dopri5 integrates u̇ = (−u + W V + b)/τ as simulated time goes by, and its dense
/// output is sampled `samples_per_step` times a network step, phase after phase of the recall. Every network step's state goes into `steps`.
class Analog : public sc_core::sc_module {
 public:
  static constexpr int samples_per_step = 5;

  SC_HAS_PROCESS(Analog);
  Analog(const sc_core::sc_module_name& name, const Circuit& circuit, AnalogHolds holds, double rtol, double atol);

  sc_core::sc_fifo<AnalogStep> steps{"steps", 64};

  /// Starts from `u` at the present time.
  void start(const Vector& u, const TimeScale& scale);
  void stop();
  /// The present u and V = g(λu), to read or to trace.
  [[nodiscard]] const State& u() const { return u_; }
  [[nodiscard]] const State& v() const { return v_; }

 private:
  void run();
  void sample(double t);
  void enter_part();
  void integrate_to(double t);
  [[nodiscard]] Vector state() const { return Eigen::Map<const Vector>(u_.data(), circuit_.size()); }

  Circuit circuit_;
  AnalogHolds holds_;
  HoldWalk walk_;
  double rtol_, atol_;
  std::unique_ptr<ClampedCircuit> part_;   // what moves now; null when nothing does
  std::unique_ptr<System> system_;
  std::unique_ptr<Path> path_;
  TimeScale scale_;
  bool running_ = false;
  State u_, v_;
  sc_core::sc_event started_;
};

}  // namespace basin::systemc
