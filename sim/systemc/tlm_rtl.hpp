#pragma once

#include "models/fixed/clocks.hpp"
#include "models/fixed/protocol.hpp"
#include "sim/systemc/core.hpp"
#include "sim/systemc/monitor.hpp"
#include "sim/systemc/port.hpp"
#include "sim/systemc/tlm_target.hpp"

namespace basin::systemc {

/// The Verilated core behind a TLM-2.0 socket. Every transaction takes the clocks that it takes: it is called from an
/// SC_THREAD and adds nothing to the delay.
class RtlTarget : public CoreTarget {
 public:
  RtlTarget(const sc_core::sc_module_name& name, const std::filesystem::path& object, const CoreConfig& config)
      : CoreTarget(name),
        core_("core", object, sc_core::sc_time(10, sc_core::SC_NS)),
        monitor_("monitor", core_),
        port_(core_, monitor_, longest_wait(config)) {}

 protected:
  bool read_register(std::uint32_t address, std::uint32_t& data, sc_core::sc_time& delay) override {
    settle(delay);
    data = port_.read_register(address);
    return true;
  }
  bool write_register(std::uint32_t address, std::uint32_t data, sc_core::sc_time& delay) override {
    settle(delay);
    port_.write_register(address, data);
    pass_clocks(2);   // busy follows a command by a clock
    if (address == protocol::reg_read) {
      while (core_.busy.read() && !core_.read_valid.read()) pass_clocks(1);   // judged: refused, or the first word is there
    } else if (address == protocol::reg_control && !core_.read_valid.read()) {
      while (core_.busy.read()) wait(core_.busy.negedge_event());
      port_.finish();   // forgets the states that the monitor has shown
    }
    return true;
  }
  bool load(std::uint32_t word, bool last, sc_core::sc_time& delay) override {
    settle(delay);
    if (core_.busy.read()) return false;   // a read is under way: the load stream is not ready
    port_.load({&word, 1}, !last);
    if (last) pass_clocks(loader_clocks);
    return true;
  }
  bool read(std::uint32_t& word, sc_core::sc_time& delay) override {
    settle(delay);
    return port_.read_word(word);
  }

 private:
  /// More than a word takes from the load stream to where it is stored and STATUS knows of it.
  static constexpr int loader_clocks = 16;

  void pass_clocks(int count) {
    for (int i = 0; i < count; ++i) wait(core_.clock.posedge_event());
  }
  /// Lets the initiator's own time pass first, and the core once come out of reset.
  void settle(sc_core::sc_time& delay) {
    if (delay != sc_core::SC_ZERO_TIME) wait(delay);
    delay = sc_core::SC_ZERO_TIME;
    if (!ready_) port_.reset();
    ready_ = true;
  }

  Core core_;
  Monitor monitor_;
  SignalPort port_;
  bool ready_ = false;
};

}  // namespace basin::systemc
