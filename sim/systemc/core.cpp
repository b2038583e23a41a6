#include "sim/systemc/core.hpp"

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace basin::systemc {
namespace {

constexpr std::uint32_t power_up_seed = 1;

/// The object stays loaded: its module lives as long as the process.
BasinCorePorts create(const std::filesystem::path& object) {
  void* handle = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) throw std::runtime_error(std::string("can't load the RTL model: ") + dlerror());
  const auto make = reinterpret_cast<decltype(&basin_systemc_create)>(dlsym(handle, "basin_systemc_create"));
  if (make == nullptr) throw std::runtime_error("the RTL model has no basin_systemc_create");
  return make("rtl", power_up_seed);
}

}  // namespace

Core::Core(const sc_core::sc_module_name&, const std::filesystem::path& object, const sc_core::sc_time& period)
    : clock("clock", period), ports_(create(object)) {
  ports_.clk_i->bind(clock);
  ports_.rst_ni->bind(rst_n);
  ports_.reg_valid_i->bind(reg_valid);
  ports_.reg_write_i->bind(reg_write);
  ports_.reg_addr_i->bind(reg_addr);
  ports_.reg_wdata_i->bind(reg_wdata);
  ports_.reg_rdata_o->bind(reg_rdata);
  ports_.load_valid_i->bind(load_valid);
  ports_.load_ready_o->bind(load_ready);
  ports_.load_last_i->bind(load_last);
  ports_.load_data_i->bind(load_data);
  ports_.read_valid_o->bind(read_valid);
  ports_.read_ready_i->bind(read_ready);
  ports_.read_last_o->bind(read_last);
  ports_.read_data_o->bind(read_data);
  ports_.monitor_valid_o->bind(monitor_valid);
  ports_.monitor_state_o->bind(monitor_state);
  ports_.busy_o->bind(busy);
  ports_.settled_o->bind(settled);
  ports_.overflow_o->bind(overflow);
  ports_.load_error_o->bind(load_error);
}

void Core::require_no_problem() const {
  if (const char* said = ports_.problem(); *said != '\0') throw std::runtime_error(std::string("RTL: ") + said);
}

void Core::trace(sc_core::sc_trace_file* file) const {
  const auto bit = [file](const sc_core::sc_signal_in_if<bool>& signal, const char* name) {
    sc_core::sc_trace(file, signal, std::string("core.") + name);
  };
  const auto word = [file](const sc_core::sc_signal_in_if<std::uint32_t>& signal, const char* name) {
    sc_core::sc_trace(file, signal.read(), std::string("core.") + name);
  };
  bit(clock, "clk");
  for (const auto* signal : {&rst_n, &reg_valid, &reg_write, &load_valid, &load_ready, &load_last, &read_valid, &read_ready,
                             &read_last, &monitor_valid, &busy, &settled, &overflow, &load_error}) {
    bit(*signal, signal->basename());
  }
  for (const auto* signal : {&reg_addr, &reg_wdata, &reg_rdata, &load_data, &read_data, &monitor_state}) {
    word(*signal, signal->basename());
  }
}

}  // namespace basin::systemc
