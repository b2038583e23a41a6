#pragma once

#include <cstdint>
#include <systemc>
#include <tlm>
#include <tlm_utils/simple_target_socket.h>

#include "sim/systemc/tlm_map.hpp"

namespace basin::systemc {

/// A loosely-timed target with the registers and streams of the core. A transaction returns when the core is idle again, so
/// that no initiator ever sees a run under way. What is behind the socket is up to the class derived from it: the golden
/// model (GoldenTarget) or the Verilated core (RtlTarget).
class CoreTarget : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<CoreTarget> socket{"socket"};

 protected:
  explicit CoreTarget(const sc_core::sc_module_name&) { socket.register_b_transport(this, &CoreTarget::transport); }

  /// Each returns whether the core did it, and may add to `delay`.
  virtual bool read_register(std::uint32_t address, std::uint32_t& data, sc_core::sc_time& delay) = 0;
  virtual bool write_register(std::uint32_t address, std::uint32_t data, sc_core::sc_time& delay) = 0;
  virtual bool load(std::uint32_t word, bool last, sc_core::sc_time& delay) = 0;
  virtual bool read(std::uint32_t& word, sc_core::sc_time& delay) = 0;

 private:
  void transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  bool perform(bool write, std::uint64_t address, std::uint32_t& word, sc_core::sc_time& delay, bool& known);
};

}  // namespace basin::systemc
