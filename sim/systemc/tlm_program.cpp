#include "sim/systemc/tlm_program.hpp"

#include <fmt/format.h>

#include "models/fixed/protocol.hpp"
#include "sim/systemc/tlm_map.hpp"

namespace basin::systemc {

using namespace protocol;

void TlmProgram::run() {
  const auto n = static_cast<std::uint32_t>(network_.neurons);
  show(reg_config_id);
  show(reg_capacity);
  for (const auto& [address, word] : register_settings(network_)) {
    if (address != reg_limit) set(address, word);
  }
  for (const auto& packet : load_image(network_)) send(packet);
  set(reg_control, control_check);
  show(reg_network_id);
  for (const auto& packet : state_packets(state_)) send(packet);
  recall(3);
  recall(network_.step_limit);   // goes on with the history it has
  if (const auto m = static_cast<std::uint32_t>(network_.core.memories); m > 0) {
    read_back(kind_factors, n - 1, m);
    read_back(kind_core, m - 1, m);
    read_back(kind_diagonal, 0, n);
  } else {
    read_back(kind_weights, n - 1, n);
  }
  read_back(kind_biases, 0, n);
  for (std::uint32_t p = 0; p < static_cast<std::uint32_t>(most_phases) - 1; ++p) show(reg_phase0 + p);
  show(reg_delay);
  if (network_.core.pages > 2) read_back(kind_delays, 0, n);
  if (network_.core.phases > 0) read_back(kind_clamps, 0, n);
  misuse();
  for (const auto& packet : state_packets(state_)) send(packet);
  recall(network_.step_limit);
  sc_core::sc_stop();
}

void TlmProgram::recall(std::int64_t limit) {
  set(reg_limit, static_cast<std::uint32_t>(limit));
  // LIMIT belongs to no history: the next start goes on.
  set(reg_control, control_start);
  show(reg_status);
  show(reg_steps);
  const auto n = static_cast<std::uint32_t>(network_.neurons);
  read_back(kind_states, 0, n);
  read_back(kind_outputs, 0, n);
}

/// Each breaks a rule of docs/arithmetic.md §6–7 and is cleared.
void TlmProgram::misuse() {
  const auto n = static_cast<std::uint32_t>(network_.neurons);
  const auto expect_error = [this] {
    show(reg_status);
    set(reg_control, control_start);   // ignored
    show(reg_steps);
    set(reg_control, control_clear);
    show(reg_status);
  };
  set(reg_neurons, 0);
  expect_error();
  send({header(15, 0, 1), 1});
  expect_error();
  if (network_.core.pages > 2) {
    set(reg_delay, static_cast<std::uint32_t>(network_.core.most_delay()) + 1);
    expect_error();
  }
  send({header(kind_biases, 0, n + 1), 1});
  expect_error();
  send({header(kind_states, 0, n), 0});   // short, unless n is 1
  expect_error();
  send({header(kind_states, 0, 1), 5, 6});   // long
  expect_error();
  set(reg_read, header(kind_states, n, 1));
  expect_error();
  access(tlm::TLM_READ_COMMAND, tlm_map::read, 0);    // nothing was asked for
  access(tlm::TLM_READ_COMMAND, 0x100, 0);            // no such address
}

void TlmProgram::send(const std::vector<std::uint32_t>& packet) {
  for (std::size_t i = 0; i < packet.size(); ++i) {
    access(tlm::TLM_WRITE_COMMAND, i + 1 == packet.size() ? tlm_map::load_last : tlm_map::load, packet[i]);
  }
}

void TlmProgram::read_back(std::uint32_t kind, std::uint32_t first, std::uint32_t count) {
  set(reg_read, header(kind, first, count));
  for (std::uint32_t i = 0; i < count; ++i) access(tlm::TLM_READ_COMMAND, tlm_map::read, 0);
}

void TlmProgram::set(std::uint32_t reg, std::uint32_t value) { access(tlm::TLM_WRITE_COMMAND, 4 * reg, value); }

void TlmProgram::show(std::uint32_t reg) { access(tlm::TLM_READ_COMMAND, 4 * reg, 0); }

std::uint32_t TlmProgram::access(tlm::tlm_command command, std::uint64_t address, std::uint32_t word) {
  tlm::tlm_generic_payload payload;
  payload.set_command(command);
  payload.set_address(address);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&word));
  payload.set_data_length(sizeof word);
  payload.set_streaming_width(sizeof word);
  payload.set_byte_enable_ptr(nullptr);
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  socket->b_transport(payload, delay);
  wait(delay);
  const bool read = command == tlm::TLM_READ_COMMAND;
  transcript_ += fmt::format("{} {:02x} {:08x} {}\n", read ? "read " : "write", address, word, payload.get_response_string());
  return word;
}

}  // namespace basin::systemc
