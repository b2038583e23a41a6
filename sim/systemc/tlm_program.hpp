#pragma once

#include <cstdint>
#include <string>
#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>
#include <vector>

#include "models/fixed/network.hpp"

namespace basin::systemc {

/// What software might do with a core, legal and not, as one SC_THREAD of TLM-2.0 transactions. Every transaction becomes a
/// line of `transcript`: the same on every target.
class TlmProgram : public sc_core::sc_module {
 public:
  SC_HAS_PROCESS(TlmProgram);
  TlmProgram(const sc_core::sc_module_name&, const FixedNetwork& network, std::vector<std::int32_t> state)
      : network_(network), state_(std::move(state)) {
    SC_THREAD(run);
  }
  tlm_utils::simple_initiator_socket<TlmProgram> socket{"socket"};
  [[nodiscard]] const std::string& transcript() const { return transcript_; }

 private:
  void run();
  void recall(std::int64_t limit);
  void misuse();
  void send(const std::vector<std::uint32_t>& packet);
  void read_back(std::uint32_t kind, std::uint32_t first, std::uint32_t count);
  void set(std::uint32_t reg, std::uint32_t value);
  void show(std::uint32_t reg);
  std::uint32_t access(tlm::tlm_command command, std::uint64_t address, std::uint32_t word);

  FixedNetwork network_;
  std::vector<std::int32_t> state_;
  std::string transcript_;
};

}  // namespace basin::systemc
