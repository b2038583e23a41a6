#pragma once

#include <string>

#include "models/fixed/network.hpp"

namespace basin {

/// The boot image of docs/protocol.md §6: what loads `network` into a core at power-up. Bytes for the flash, at
/// boot_address.
std::string boot_image(const FixedNetwork& network);

/// Where a board looks for its boot image in the flash.
inline constexpr unsigned boot_address = 0x100000;

}  // namespace basin
