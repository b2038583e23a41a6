#include "sim/systemc/analog.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace basin::systemc {
namespace {

constexpr double longest_step = 1e6;   // network steps that the integrator may run ahead: none is as long

}  // namespace

Analog::Analog(const sc_core::sc_module_name&, const Circuit& circuit, AnalogHolds holds, double rtol, double atol)
    : circuit_(circuit),
      holds_(std::move(holds)),
      rtol_(rtol),
      atol_(atol),
      u_(static_cast<std::size_t>(circuit.size())),
      v_(u_.size()) {
  SC_THREAD(run);
}

void Analog::start(const Vector& u, const TimeScale& scale) {
  std::copy(u.begin(), u.end(), u_.begin());
  phase_ = 0;
  phase_start_ = 0.0;
  enter_phase();
  scale_ = scale;
  running_ = true;
  started_.notify(sc_core::SC_ZERO_TIME);
}

/// V that the present phase holds, NaN elsewhere.
Vector Analog::held() const {
  Vector held = Vector::Constant(circuit_.size(), std::numeric_limits<double>::quiet_NaN());
  for (Index i = 0; i < held.size(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (phase_ < holds_.phases.size() && holds_.phases[phase_].held[at]) held[i] = held_output(circuit_, i, u_[at]);
    if (holds_.clamp.size() > 0 && !std::isnan(holds_.clamp[i])) held[i] = holds_.clamp[i];
  }
  return held;
}

void Analog::enter_phase() {
  path_.reset();
  system_.reset();
  part_.reset();
  const Vector outputs = held();
  if (outputs.allFinite()) return;
  part_ = std::make_unique<ClampedCircuit>(circuit_, outputs);
  const Circuit& free = part_->free_circuit();
  const Vector u = part_->restrict(Eigen::Map<const Vector>(u_.data(), circuit_.size()));
  const State first(u.begin(), u.end());
  system_ = std::make_unique<System>(free);
  const bool hard = circuit_.activation.are_hard();
  path_ = hard ? make_hard_path(free, first) : make_smooth_path(*system_, first, rtol_, atol_);
}

void Analog::stop() { running_ = false; }

void Analog::run() {
  for (;;) {
    wait(started_);
    const sc_core::sc_time pause = scale_.interval / samples_per_step;
    for (std::int64_t sampled = 0; running_; ++sampled) {
      sample(static_cast<double>(sampled) / samples_per_step * scale_.dt);
      if (sampled % samples_per_step == 0 && !steps.nb_write({sampled / samples_per_step, u_})) {
        SC_REPORT_ERROR("basin/analog", "nobody takes the network steps");
        return;
      }
      wait(pause);
    }
  }
}

/// Takes the present phase to `t`, counted from its start. In place: a waveform file watches u and V.
void Analog::integrate_to(double t) {
  if (path_ == nullptr) return;
  while (path_->t() < t) {
    if (path_->advance(t + longest_step * scale_.dt)) continue;
    SC_REPORT_ERROR("basin/analog", "the integrator's step size has vanished");
    running_ = false;
    return;
  }
  State now;
  if (path_->t() > path_->t_old()) path_->state_at(t, now);
  else now = path_->u();
  const Eigen::Map<const Vector> free(now.data(), static_cast<Index>(now.size()));
  Vector u = Eigen::Map<const Vector>(u_.data(), circuit_.size());
  part_->put(free, u);
  std::copy(u.begin(), u.end(), u_.begin());
}

/// The state at `t`, which is not before any asked for so far. A phase's end belongs to it.
void Analog::sample(double t) {
  constexpr double rounding = 1.0 + 1e-12;
  while (running_ && phase_ < holds_.phases.size() && t > (phase_start_ + holds_.phases[phase_].duration) * rounding) {
    integrate_to(holds_.phases[phase_].duration);
    phase_start_ += holds_.phases[phase_].duration;
    ++phase_;
    enter_phase();
  }
  integrate_to(std::max(t - phase_start_, 0.0));
  const Vector u = Eigen::Map<const Vector>(u_.data(), circuit_.size());
  const Vector v = part_ == nullptr ? held() : part_->outputs(part_->restrict(u));
  std::copy(v.begin(), v.end(), v_.begin());
}

}  // namespace basin::systemc
