#pragma once

#include <cstdint>
#include <filesystem>
#include <systemc>

#include "sim/systemc/shim.h"

namespace basin::systemc {

/// The RTL core in a SystemC design: the Verilated module, its clock, and one signal a port, named as the port without its
/// suffix. Whatever drives it writes after a rising edge of `clock` and reads at the next one: signals then hold what the
/// core's own registers see at that edge.
class Core : public sc_core::sc_module {
 public:
  /// Loads the shared object that build_rtl made of the systemc flavour. One in a process. Throws std::runtime_error when it
  /// can't be loaded.
  Core(const sc_core::sc_module_name& name, const std::filesystem::path& object, const sc_core::sc_time& period);

  sc_core::sc_clock clock;
  sc_core::sc_signal<bool> rst_n{"rst_n"};
  sc_core::sc_signal<bool> reg_valid{"reg_valid"}, reg_write{"reg_write"};
  sc_core::sc_signal<std::uint32_t> reg_addr{"reg_addr"}, reg_wdata{"reg_wdata"}, reg_rdata{"reg_rdata"};
  sc_core::sc_signal<bool> load_valid{"load_valid"}, load_ready{"load_ready"}, load_last{"load_last"};
  sc_core::sc_signal<std::uint32_t> load_data{"load_data"};
  sc_core::sc_signal<bool> read_valid{"read_valid"}, read_ready{"read_ready"}, read_last{"read_last"};
  sc_core::sc_signal<std::uint32_t> read_data{"read_data"};
  sc_core::sc_signal<bool> monitor_valid{"monitor_valid"};
  sc_core::sc_signal<std::uint32_t> monitor_state{"monitor_state"};
  sc_core::sc_signal<bool> busy{"busy"}, settled{"settled"}, overflow{"overflow"}, load_error{"load_error"};

  /// The neuron whose state the monitor shows.
  [[nodiscard]] std::uint32_t monitor_index() const { return ports_.monitor_index(); }
  /// Throws std::runtime_error with the words of the RTL once one of its assertions has failed.
  void require_no_problem() const;
  /// Records every signal of its ports in a waveform file.
  void trace(sc_core::sc_trace_file* file) const;
  /// Records the signals inside in the FST file `file` from the start of the simulation to end_record(). The core must have
  /// been built for it (RtlBuildOptions::internals).
  void record_internals(const std::filesystem::path& file) { internals_ = file; }
  void end_record() const { if (!internals_.empty()) ports_.end_record(); }

 private:
  void start_of_simulation() override { if (!internals_.empty()) ports_.record(internals_.c_str()); }

  BasinCorePorts ports_;
  std::filesystem::path internals_;
};

}  // namespace basin::systemc
