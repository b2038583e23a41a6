// Compiled together with a Verilated --sc core into one shared object (sim/verilator/build.cpp); not part of any library.
#include "shim.h"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "Vbasin_core.h"
#include "verilated.h"
#if VM_TRACE
#include "verilated_fst_sc.h"
#endif

namespace {

using IndexValue = std::remove_cv_t<std::remove_reference_t<decltype(std::declval<Vbasin_core>().monitor_index_o.read())>>;

/// What the model printed, and what it said when it stopped. One core a process, one thread.
std::string& printed() {
  static std::string text;
  return text;
}
std::string& problem_text() {
  static std::string text;
  return text;
}

/// The core with its final actions, and the one signal whose type depends on the configuration.
struct Core {
  explicit Core(const char* name) : module(name) { module.monitor_index_o(index); }
  ~Core() { module.final(); }
  Vbasin_core module;
  sc_core::sc_signal<IndexValue> index;
};
std::unique_ptr<Core>& the_core() {
  static std::unique_ptr<Core> core;
  return core;
}

std::uint32_t monitor_index() { return the_core()->index.read(); }
const char* problem() { return problem_text().c_str(); }

#if VM_TRACE
/// SystemC keeps a pointer to it to its own end.
VerilatedFstSc*& tracer() {
  static VerilatedFstSc* one = nullptr;
  return one;
}
void record(const char* file) {
  tracer() = new VerilatedFstSc;
  the_core()->module.trace(tracer(), 99);   // levels of hierarchy: all
  tracer()->open(file);
}
void end_record() { tracer()->close(); }
#endif

}  // namespace

int basin_shim_capture(const char* format, ...) {
  std::array<char, 1024> text{};
  va_list arguments;
  va_start(arguments, format);
  const int size = std::vsnprintf(text.data(), text.size(), format, arguments);
  va_end(arguments);
  printed() += text.data();
  return size;
}

// Verilator's own version ends the process. Here the first problem is kept for whoever drives the core.
void vl_stop(const char* file, int line, const char*) {
  if (!problem_text().empty()) return;
  const std::string where = std::string(file) + ":" + std::to_string(line);
  problem_text() = printed().empty() ? "the RTL stopped at " + where : printed();
}
// The model can't go on after this one: it ends the simulation.
void vl_fatal(const char* file, int line, const char*, const char* message) {
  throw std::runtime_error(std::string(file) + ":" + std::to_string(line) + ": " + message);
}

BasinCorePorts basin_systemc_create(const char* name, std::uint32_t seed) {
  VerilatedContext& context = *Verilated::threadContextp();
  context.randReset(2);
  context.randSeed(static_cast<int>(seed & 0x7fffffffU));
#if VM_TRACE
  context.traceEverOn(true);
#endif
  the_core() = std::make_unique<Core>(name);
  Vbasin_core& core = the_core()->module;
  BasinCorePorts ports{};
  ports.module = &core;
  ports.clk_i = &core.clk_i;
  ports.rst_ni = &core.rst_ni;
  ports.reg_valid_i = &core.reg_valid_i;
  ports.reg_write_i = &core.reg_write_i;
  ports.reg_addr_i = &core.reg_addr_i;
  ports.reg_wdata_i = &core.reg_wdata_i;
  ports.reg_rdata_o = &core.reg_rdata_o;
  ports.load_valid_i = &core.load_valid_i;
  ports.load_last_i = &core.load_last_i;
  ports.load_ready_o = &core.load_ready_o;
  ports.load_data_i = &core.load_data_i;
  ports.read_valid_o = &core.read_valid_o;
  ports.read_last_o = &core.read_last_o;
  ports.read_ready_i = &core.read_ready_i;
  ports.read_data_o = &core.read_data_o;
  ports.monitor_valid_o = &core.monitor_valid_o;
  ports.monitor_state_o = &core.monitor_state_o;
  ports.busy_o = &core.busy_o;
  ports.settled_o = &core.settled_o;
  ports.overflow_o = &core.overflow_o;
  ports.load_error_o = &core.load_error_o;
  ports.monitor_index = &monitor_index;
  ports.problem = &problem;
#if VM_TRACE
  ports.record = &record;
  ports.end_record = &end_record;
#endif
  return ports;
}
