#include "sim/systemc/analog.hpp"

#include <algorithm>
#include <utility>

namespace basin::systemc {
namespace {

constexpr double longest_step = 1e6;   // network steps that the integrator may run ahead: none is as long

}  // namespace

Analog::Analog(const sc_core::sc_module_name&, const Circuit& circuit, AnalogHolds holds, double rtol, double atol)
    : circuit_(circuit),
      holds_(std::move(holds)),
      walk_(circuit_, holds_.phases, holds_.clamp),
      rtol_(rtol),
      atol_(atol),
      u_(static_cast<std::size_t>(circuit.size())),
      v_(u_.size()) {
  SC_THREAD(run);
}

void Analog::start(const Vector& u, const TimeScale& scale) {
  std::copy(u.begin(), u.end(), u_.begin());
  walk_.start(u);
  enter_part();
  scale_ = scale;
  running_ = true;
  started_.notify(sc_core::SC_ZERO_TIME);
}

void Analog::enter_part() {
  path_.reset();
  system_.reset();
  part_.reset();
  if (!walk_.moves()) return;
  part_ = std::make_unique<ClampedCircuit>(circuit_, walk_.held());
  const Circuit& free = part_->free_circuit();
  const Vector u = part_->restrict(state());
  const State first(u.begin(), u.end());
  system_ = std::make_unique<System>(free);
  const bool hard = circuit_.activation.are_hard();
  path_ = hard ? make_hard_path(free, first) : make_smooth_path(*system_, free.delay, first, rtol_, atol_);
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

/// Takes the present part to `t`, counted from its start. In place: a waveform file watches u and V.
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
  Vector u = state();
  part_->put(free, u);
  std::copy(u.begin(), u.end(), u_.begin());
}

/// The state at `t`, which is not before any asked for so far.
void Analog::sample(double t) {
  while (running_ && !walk_.reaches(t)) {
    integrate_to(walk_.duration());
    walk_.next(state());
    enter_part();
  }
  integrate_to(std::max(t - walk_.begin(), 0.0));
  const Vector v = walk_.outputs(state());
  std::copy(v.begin(), v.end(), v_.begin());
}

}  // namespace basin::systemc
