#pragma once

#include <cstdint>
#include <span>
#include <systemc>
#include <vector>

#include "sim/port.hpp"
#include "sim/systemc/core.hpp"

namespace basin::systemc {

/// Watches the core's monitor and status ports at every rising edge and puts states together into network steps. It costs
/// little: one process, and one signal read a clock between states.
class Monitor : public sc_core::sc_module {
 public:
  SC_HAS_PROCESS(Monitor);
  Monitor(const sc_core::sc_module_name& name, Core& core);

  /// Waits, in the calling SC_THREAD, until the n states of the next step have come out and it is known whether the run goes
  /// on. Throws std::runtime_error when that takes longer than `patience`.
  CorePort::Step step(std::span<std::int32_t> states, const sc_core::sc_time& patience);
  /// From when the next step's clocks are counted.
  void count_from(const sc_core::sc_time& start) { step_end_ = start; }
  /// Forgets states that nobody asked for.
  void clear();

  /// Notified as every state is seen; `index` and `state` (the port's word) are valid then.
  [[nodiscard]] const sc_core::sc_event& shown() const { return shown_; }
  [[nodiscard]] std::uint32_t index() const { return index_; }
  [[nodiscard]] std::int32_t state() const { return state_; }

 private:
  void look();
  void look_behind();
  void complete();

  Core& core_;
  std::vector<std::int32_t> seen_;     // states of the step that is coming out
  std::vector<std::int32_t> whole_;    // states of the step that was waited for
  std::size_t wanted_ = 0;             // n while a step is waited for
  bool complete_ = false;              // all states are there, but not yet whether the run goes on
  bool out_of_turn_ = false;
  CorePort::Step step_;
  sc_core::sc_time step_end_, shown_at_;
  sc_core::sc_event shown_, known_;
  std::uint32_t index_ = 0;
  std::int32_t state_ = 0;
};

}  // namespace basin::systemc
