#include "sim/systemc/monitor.hpp"

#include <algorithm>
#include <stdexcept>

namespace basin::systemc {

Monitor::Monitor(const sc_core::sc_module_name&, Core& core) : core_(core) {
  SC_METHOD(look);
  sensitive << core_.clock.posedge_event();
  dont_initialize();
}

void Monitor::clear() {
  seen_.clear();
  out_of_turn_ = false;
}

CorePort::Step Monitor::step(std::span<std::int32_t> states, const sc_core::sc_time& patience) {
  wanted_ = states.size();
  complete_ = false;
  step_ = {};
  if (seen_.size() >= wanted_) complete();   // a step of one neuron came out while its predecessor's end was awaited
  wait(patience, known_);
  core_.require_no_problem();
  if (out_of_turn_) throw std::runtime_error("the monitor shows a neuron out of turn");
  if (wanted_ != 0) {
    wanted_ = 0;
    throw std::runtime_error(complete_ ? "the core neither goes on nor ends" : "the core does not show its states");
  }
  std::copy(whole_.begin(), whole_.end(), states.begin());
  return step_;
}

void Monitor::look() {
  if (complete_) look_behind();
  if (!core_.monitor_valid.read()) return;
  index_ = core_.monitor_index();
  state_ = static_cast<std::int32_t>(core_.monitor_state.read());
  out_of_turn_ = out_of_turn_ || index_ != seen_.size();
  seen_.push_back(state_);
  shown_at_ = sc_core::sc_time_stamp();
  shown_.notify();
  if (wanted_ == 0 || seen_.size() < wanted_) return;
  complete();
}

void Monitor::complete() {
  step_.cycles = static_cast<std::uint64_t>((shown_at_ - step_end_) / core_.clock.period() + 0.5);
  step_end_ = shown_at_;
  whole_.swap(seen_);
  seen_.clear();
  complete_ = true;
}

/// Whether the run goes on is known at its end or with the first state of the next step; the flags before that state.
void Monitor::look_behind() {
  const bool goes_on = core_.monitor_valid.read();
  if (!goes_on) {
    step_.settled = core_.settled.read();
    step_.overflow = core_.overflow.read();
    step_.busy = core_.busy.read();
    if (step_.busy) return;
  }
  complete_ = false;
  wanted_ = 0;
  known_.notify();
}

}  // namespace basin::systemc
