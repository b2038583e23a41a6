#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "models/fixed/network.hpp"

namespace basin {

/// floor(x/2^r + ½): the one rounding of the core, half up.
constexpr std::int64_t round_half_up(std::int64_t x, int r) {
  return r == 0 ? x : (x + (std::int64_t{1} << (r - 1))) >> r;
}
static_assert(round_half_up(5, 1) == 3 && round_half_up(-5, 1) == -2 && round_half_up(-6, 2) == -1);

/// a_i of docs/arithmetic.md §4.1 at state u.
inline std::int64_t table_input(const FixedNetwork& network, std::size_t i, std::int64_t u) {
  if (!network.core.gain) return u;
  const GainWord& gain = network.gains[i];
  return round_half_up(u * (gain.mantissa + 1), 8 + gain.exponent);
}

/// y at position p (§4.4–4.5).
inline std::int64_t look_up(const CoreConfig& core, const Table& table, std::int64_t p) {
  const int q = core.segment_shift();
  const std::int64_t c = std::min<std::int64_t>(p >> q, core.table_segments - 1);
  const std::int64_t t = p - (c << q);
  const Segment& segment = table[static_cast<std::size_t>(c)];
  return segment.base + round_half_up(segment.rise * t, q);
}

/// V_i (§4) at state u. `network` is a valid one.
inline std::int64_t output_code(const FixedNetwork& network, std::size_t i, std::int64_t u) {
  const CoreConfig& core = network.core;
  const Table& table = network.tables[core.tables > 1 ? network.selectors[i] : 0];
  const std::int64_t a = table_input(network, i, u);
  const std::int64_t end = std::int64_t{1} << core.table_domain;
  if (!core.table_odd) return look_up(core, table, std::clamp(a + end, std::int64_t{0}, 2 * end));
  const std::int64_t y = look_up(core, table, std::min(std::abs(a), end));
  return a < 0 ? -y : y;
}

}  // namespace basin
