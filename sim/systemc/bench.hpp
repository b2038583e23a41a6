#pragma once

#include <cstdint>
#include <filesystem>
#include <systemc>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/fixed/network.hpp"
#include "sim/systemc/analog.hpp"
#include "sim/systemc/core.hpp"
#include "sim/systemc/cue_source.hpp"
#include "sim/systemc/monitor.hpp"
#include "sim/systemc/readout.hpp"
#include "sim/systemc/scoreboard.hpp"

namespace basin::systemc {

/// What a bench is made for.
struct BenchSetup {
  std::filesystem::path object;      // the Verilated core, systemc flavour
  std::uint32_t config_id = 0;
  FixedNetwork network;              // with the cue's biases and masks
  Circuit circuit;                   // what the integers stand for
  HoldPhases phases;                 // of the recall
  Vector clamp;                      // V that the cue holds, NaN where free; empty when it holds none
  double rtol = 1e-8;
  double atol = 1e-10;
  Scoreboard::Scale scale;
};

/// One recall of the core beside the circuit: loads the network through the core's streams, takes a cue from `source`,
/// starts both, and stops the simulation when the core has settled or reached its step limit.
class Bench : public sc_core::sc_module {
 public:
  SC_HAS_PROCESS(Bench);
  Bench(const sc_core::sc_module_name& name, const BenchSetup& setup);

  sc_core::sc_port<CueSource> source{"source"};

  /// Traces circuit, core and comparison into `file`. Before the simulation starts.
  void trace(sc_core::sc_trace_file* file) const;
  /// The core: what is inside it may be recorded.
  [[nodiscard]] Core& core() { return core_; }

  [[nodiscard]] bool settled() const { return settled_; }
  [[nodiscard]] const TimeScale& time_scale() const { return time_; }
  [[nodiscard]] const Scoreboard& scoreboard() const { return scoreboard_; }

 private:
  void drive();
  void recall();

  BenchSetup setup_;
  Core core_;
  Monitor monitor_;
  Readout readout_;
  Analog analog_;
  Scoreboard scoreboard_;
  TimeScale time_;
  bool settled_ = false;
};

}  // namespace basin::systemc
