#include "sim/systemc/analog.hpp"

#include <algorithm>

namespace basin::systemc {
namespace {

constexpr double longest_step = 1e6;   // network steps that the integrator may run ahead: none is as long

}  // namespace

Analog::Analog(const sc_core::sc_module_name&, const Circuit& circuit, double rtol, double atol)
    : circuit_(circuit),
      rtol_(rtol),
      atol_(atol),
      system_(circuit_),
      u_(static_cast<std::size_t>(circuit.size())),
      v_(u_.size()) {
  SC_THREAD(run);
}

void Analog::start(const Vector& u, const TimeScale& scale) {
  const State first(u.begin(), u.end());
  const bool hard = circuit_.activation.kind() == ActivationKind::hard;
  path_ = hard ? make_hard_path(circuit_, first) : make_smooth_path(system_, first, rtol_, atol_);
  scale_ = scale;
  running_ = true;
  started_.notify(sc_core::SC_ZERO_TIME);
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

/// Steps the integrator until it has passed `t` and interpolates there. In place: a waveform file watches u and V.
void Analog::sample(double t) {
  while (path_->t() < t) {
    if (path_->advance(t + longest_step * scale_.dt)) continue;
    SC_REPORT_ERROR("basin/analog", "the integrator's step size has vanished");
    running_ = false;
    return;
  }
  State now;
  if (path_->t() > path_->t_old()) path_->state_at(t, now);
  else now = path_->u();
  std::copy(now.begin(), now.end(), u_.begin());
  const Vector v = outputs(circuit_, Eigen::Map<const Vector>(u_.data(), static_cast<Index>(u_.size())));
  std::copy(v.begin(), v.end(), v_.begin());
}

}  // namespace basin::systemc
