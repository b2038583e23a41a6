#pragma once

#include <cstdint>
#include <string>

namespace basin {

/// The elaboration parameters of one core: docs/arithmetic.md §1, in its order.
struct CoreConfig {
  int neurons = 1;
  int lanes = 1;
  int state_bits = 18;
  int weight_bits = 8;
  int drive_bits = 13;
  int bias_bits = 32;
  int state_shift = 0;
  int table_domain = 17;
  int table_segments = 128;
  int slope_bits = 16;
  int tables = 1;
  bool table_odd = true;
  bool tau = false;
  bool gain = false;
  bool clamp = false;

  bool operator==(const CoreConfig&) const = default;

  // Derived widths of §1.
  [[nodiscard]] int state_left() const { return state_shift < 0 ? -state_shift : 0; }   // L
  [[nodiscard]] int state_right() const { return state_shift > 0 ? state_shift : 0; }   // R
  [[nodiscard]] int dot_bits() const;
  [[nodiscard]] int drive_sum_bits() const;    // n
  [[nodiscard]] int difference_bits() const;   // f
  [[nodiscard]] int update_bits() const;       // x
  [[nodiscard]] int segments_log2() const;     // G
  [[nodiscard]] int segment_shift() const;     // q
  [[nodiscard]] std::int32_t full_code() const { return (std::int32_t{1} << (drive_bits - 1)) - 1; }
  [[nodiscard]] std::int64_t max_state() const { return (std::int64_t{1} << (state_bits - 1)) - 1; }
};

/// Throws std::invalid_argument naming the parameter, its value and its range when §1 forbids the configuration.
void validate(const CoreConfig& config);
/// The canonical text of §8: one "key=value\n" a parameter, then "protocol=1\n".
std::string canonical_text(const CoreConfig& config);
/// hardware.id: first 32 bits of SHA-256 over canonical_text() and `rtl_sources` (names and bytes as §8 says, concatenated).
std::uint32_t config_id(const CoreConfig& config, const std::string& rtl_sources);
/// The whole text of basin_cfg.svh: parameters, identity, register map, kinds. The RTL's only input from Basin.
std::string configuration_header(const CoreConfig& config, std::uint32_t config_id);

}  // namespace basin
