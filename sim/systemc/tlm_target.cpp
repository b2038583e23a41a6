#include "sim/systemc/tlm_target.hpp"

#include <cstring>

namespace basin::systemc {

void CoreTarget::transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  const bool write = payload.is_write();
  if (payload.get_data_length() != sizeof(std::uint32_t) || payload.get_byte_enable_ptr() != nullptr) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
    return;
  }
  std::uint32_t word = 0;
  if (write) std::memcpy(&word, payload.get_data_ptr(), sizeof word);
  bool known = true;
  const bool done = perform(write, payload.get_address(), word, delay, known);
  if (done && !write) std::memcpy(payload.get_data_ptr(), &word, sizeof word);
  if (!known) payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
  else payload.set_response_status(done ? tlm::TLM_OK_RESPONSE : tlm::TLM_GENERIC_ERROR_RESPONSE);
}

bool CoreTarget::perform(bool write, std::uint64_t address, std::uint32_t& word, sc_core::sc_time& delay, bool& known) {
  if (address % 4 == 0 && address < tlm_map::registers_end) {
    const auto index = static_cast<std::uint32_t>(address / 4);
    return write ? write_register(index, word, delay) : read_register(index, word, delay);
  }
  if (write && address == tlm_map::load) return load(word, false, delay);
  if (write && address == tlm_map::load_last) return load(word, true, delay);
  if (!write && address == tlm_map::read) return read(word, delay);
  known = false;
  return false;
}

}  // namespace basin::systemc
