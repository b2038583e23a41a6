#pragma once

/* Compiled together with a core that Verilator turned into an sc_module (sim/verilator/build.cpp), and included by the
 * program that loads the shared object. Ports of one bit are bool, all others 32-bit words: no port of the core is wider. */

#include <systemc>

#include <cstdint>

/// One core: its module and its ports, named as in rtl/core/basin_core.sv. The module owns everything.
struct BasinCorePorts {
  sc_core::sc_module* module;
  sc_core::sc_in<bool>*clk_i, *rst_ni;
  sc_core::sc_in<bool>*reg_valid_i, *reg_write_i;
  sc_core::sc_in<std::uint32_t>*reg_addr_i, *reg_wdata_i;
  sc_core::sc_out<std::uint32_t>* reg_rdata_o;
  sc_core::sc_in<bool>*load_valid_i, *load_last_i;
  sc_core::sc_out<bool>* load_ready_o;
  sc_core::sc_in<std::uint32_t>* load_data_i;
  sc_core::sc_out<bool>*read_valid_o, *read_last_o;
  sc_core::sc_in<bool>* read_ready_i;
  sc_core::sc_out<std::uint32_t>* read_data_o;
  sc_core::sc_out<bool>* monitor_valid_o;
  sc_core::sc_out<std::uint32_t>* monitor_state_o;
  sc_core::sc_out<bool>*busy_o, *settled_o, *overflow_o, *load_error_o;
  /// monitor_index_o, which is bound inside: its width is that of the core's neuron count, one bit at the least.
  std::uint32_t (*monitor_index)();
  /// What the RTL's assertions said when one failed; "" as long as none has.
  const char* (*problem)();
  /// Records every signal of the core in the FST file `file`, from the start of the simulation to end_record(). Called in
  /// start_of_simulation(). Null in a core that was built without.
  void (*record)(const char* file);
  void (*end_record)();
};

/// Makes the core of this shared object, once in a process and before the simulation starts. `seed` chooses what registers
/// and memories hold at power-up.
extern "C" BasinCorePorts basin_systemc_create(const char* name, std::uint32_t seed);
