#include "sim/systemc/port.hpp"

#include <stdexcept>
#include <string>

namespace basin::systemc {

SignalPort::SignalPort(Core& core, Monitor& monitor, std::int64_t longest_wait)
    : core_(core), monitor_(monitor), patience_(static_cast<double>(longest_wait) * core.clock.period()) {}

void SignalPort::edge() { sc_core::wait(core_.clock.posedge_event()); }

void SignalPort::reset() {
  core_.rst_n = false;
  edge();
  edge();
  edge();
  core_.rst_n = true;
  core_.require_no_problem();
}

std::uint32_t SignalPort::read_register(std::uint32_t address) {
  core_.reg_valid = true;
  core_.reg_write = false;
  core_.reg_addr = address;
  edge();
  core_.reg_valid = false;
  edge();   // the answer comes a clock after the request and stays
  core_.require_no_problem();
  return core_.reg_rdata.read();
}

void SignalPort::write_register(std::uint32_t address, std::uint32_t data) {
  core_.reg_valid = true;
  core_.reg_write = true;
  core_.reg_addr = address;
  core_.reg_wdata = data;
  monitor_.count_from(sc_core::sc_time_stamp());
  edge();
  core_.reg_valid = false;
  core_.reg_write = false;
  core_.require_no_problem();
}

/// Waits for the first edge at which `signal` is high.
void SignalPort::edges_until(const sc_core::sc_signal<bool>& signal, const char* what) {
  edge();
  if (signal.read()) return;
  const sc_core::sc_time limit = sc_core::sc_time_stamp() + patience_;
  while (!signal.read()) {
    if (sc_core::sc_time_stamp() > limit) {
      core_.require_no_problem();
      throw std::runtime_error(std::string("the core does not ") + what);
    }
    edge();
  }
}

void SignalPort::load(std::span<const std::uint32_t> words, bool keep_open) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    core_.load_valid = true;
    core_.load_data = words[i];
    core_.load_last = i + 1 == words.size() && !keep_open;
    edges_until(core_.load_ready, "take a word of a load packet");
  }
  core_.load_valid = false;
  core_.require_no_problem();
}

void SignalPort::read(std::span<std::uint32_t> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    core_.read_ready = true;
    edges_until(core_.read_valid, "answer a read request");
    words[i] = core_.read_data.read();
    if (core_.read_last.read() != (i + 1 == words.size())) throw std::runtime_error("a read ends at the wrong word");
  }
  core_.read_ready = false;
  core_.require_no_problem();
}

bool SignalPort::read_word(std::uint32_t& word) {
  edge();   // busy follows a request by a clock
  if (!core_.busy.read()) return false;
  core_.read_ready = true;
  edges_until(core_.read_valid, "answer a read request");
  word = core_.read_data.read();
  core_.read_ready = false;
  edge();
  core_.require_no_problem();
  return true;
}

void SignalPort::finish() {
  edge();   // busy follows a command by a clock
  if (core_.busy.read()) sc_core::wait(patience_, core_.busy.negedge_event());
  core_.require_no_problem();
  if (core_.busy.read()) throw std::runtime_error("the core does not become idle");
  monitor_.clear();
}

CorePort::Step SignalPort::step(std::span<std::int32_t> states) { return monitor_.step(states, patience_); }

}  // namespace basin::systemc
