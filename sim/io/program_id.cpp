#include "sim/io/program_id.hpp"

#include <cstdint>

#include "models/design/sha256.hpp"
#include "sim/io/file.hpp"

namespace basin {

const std::string& program_id() {
  constexpr std::uint64_t most = std::uint64_t{1} << 32U;
  constexpr std::size_t digits = 16;
  static const std::string id = hex(sha256(read_file("/proc/self/exe", most))).substr(0, digits);
  return id;
}

}  // namespace basin
