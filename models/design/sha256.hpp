#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace basin {

using Sha256 = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4) of `bytes`.
Sha256 sha256(std::string_view bytes);
/// 64 lower-case hexadecimal digits.
std::string hex(const Sha256& digest);

}  // namespace basin
