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

}  // namespace

std::string boot_image(const FixedNetwork& network) {
  std::vector<std::uint32_t> body;
  for (const auto& [address, word] : register_settings(network)) {
    body.insert(body.end(), {record_register | address, word});
  }
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
