#include "sim/board/boot_image.hpp"

#include <boost/crc.hpp>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "models/fixed/protocol.hpp"

namespace basin {
namespace {

using namespace protocol;

constexpr std::uint32_t magic = 0x424E5342, record_register = 1U << 28, record_packet = 2U << 28;
constexpr std::size_t longest = (std::size_t{1} << 20) - 1;

std::string bytes_of(std::span<const std::uint32_t> words) {
  std::string bytes;
  for (const std::uint32_t word : words) {
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(word >> shift);
  }
  return bytes;
}

void add_register(std::vector<std::uint32_t>& body, std::uint32_t address, int data) {
  body.insert(body.end(), {record_register | address, static_cast<std::uint32_t>(data)});
}

}  // namespace

std::string boot_image(const FixedNetwork& network) {
  std::vector<std::uint32_t> body;
  add_register(body, reg_neurons, network.neurons);
  add_register(body, reg_step, network.step_exponent | (network.order == 2 ? static_cast<int>(step_order2) : 0));
  add_register(body, reg_settle, static_cast<int>(network.settle_threshold));
  add_register(body, reg_limit, static_cast<int>(network.step_limit));
  for (const std::vector<std::uint32_t>& packet : load_image(network)) {
    body.push_back(record_packet | static_cast<std::uint32_t>(packet.size()));
    body.insert(body.end(), packet.begin(), packet.end());
  }
  if (body.size() > longest) throw std::length_error("the network is too large for a boot image");
  const std::string bytes = bytes_of(body);
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  const std::uint32_t check = crc.checksum();
  return bytes_of(std::vector{magic, static_cast<std::uint32_t>(body.size())}) + bytes + bytes_of({&check, 1});
}

}  // namespace basin
