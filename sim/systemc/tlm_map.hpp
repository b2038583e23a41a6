#pragma once

#include <cstdint>

#include "models/fixed/protocol.hpp"

/// Where a core stands in memory for TLM-2.0 initiators: bytes, words of 32 bits, one word a transaction.
namespace basin::systemc::tlm_map {

/// Register r of docs/arithmetic.md §6 is at 4·r.
inline constexpr std::uint64_t registers_end = 4 * protocol::registers_end;
/// A write sends one word of a load packet (§7) …
inline constexpr std::uint64_t load = 0x40;
/// … or its last one.
inline constexpr std::uint64_t load_last = 0x44;
/// A read takes the next word of the read stream; an error response when none comes.
inline constexpr std::uint64_t read = 0x48;

}  // namespace basin::systemc::tlm_map
