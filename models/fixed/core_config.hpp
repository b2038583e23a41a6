#pragma once

#include <cstdint>
#include <string>

namespace basin {

struct CoreContents;   // contents.hpp

/// ceil(log2(x)) for x ≥ 1.
constexpr int clog2(std::int64_t x) {
  int bits = 0;
  while ((std::int64_t{1} << bits) < x) ++bits;
  return bits;
}
static_assert(clog2(1) == 0 && clog2(2) == 1 && clog2(3) == 2 && clog2(64) == 6 && clog2(65) == 7);

/// Least width of a signed word that holds every integer in ±magnitude.
constexpr int signed_bits(std::int64_t magnitude) { return clog2(magnitude + 1) + 1; }
static_assert(signed_bits(0) == 1 && signed_bits(1) == 2 && signed_bits(127) == 8 && signed_bits(128) == 9);

/// Widest integer that one step may need (docs/arithmetic.md §1).
inline constexpr int widest_integer = 62;

/// Most pages of outputs: docs/arithmetic.md §1.
inline constexpr int most_pages = 4096;

/// Most neurons of a core: docs/arithmetic.md §1.
constexpr int most_neurons(bool factored) { return factored ? 16384 : 8192; }

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
  int phases = 0;                   // of a recall, the last one included; 0: no neuron is ever held
  int pages = 2;                    // of outputs; 2: none is delayed
  int memories = 0;                 // M of the factored form; 0: the dense form
  // What of the device it is made of; no effect on any integer.
  bool block_multipliers = false;   // dense: a lane multiplies in a multiplier block instead of look-up tables
  bool single_port = false;         // weights, or X, in single-port memories instead of block RAM

  bool operator==(const CoreConfig&) const = default;

  // Derived widths of §1.
  [[nodiscard]] constexpr int state_left() const { return state_shift < 0 ? -state_shift : 0; }   // L
  [[nodiscard]] constexpr int state_right() const { return state_shift > 0 ? state_shift : 0; }   // R
  /// Of the factored form: y = X V takes v + clog2(N) bits, z = Â y another w − 1 + clog2(M), Xᵀ z + D̂ V clog2(M) + 1 more.
  [[nodiscard]] constexpr int dot_bits() const {
    const int dense = weight_bits + drive_bits - 1 + clog2(neurons);
    return memories == 0 ? dense : dense + 2 * clog2(memories) + 1;
  }
  // Of the factored form alone.
  /// Lanes that are made: no more than there are memories.
  [[nodiscard]] constexpr int used_lanes() const { return memories > 0 && memories < lanes ? memories : lanes; }
  /// Groups of memories that the lanes take together.
  [[nodiscard]] constexpr int memory_groups() const { return (memories + used_lanes() - 1) / used_lanes(); }
  /// Words of X: one a neuron and group, the groups of a neuron rounded up to a power of two.
  [[nodiscard]] constexpr int factor_words() const { return neurons << clog2(memory_groups()); }
  /// Width of a bank of X: the largest divisor of used_lanes() that is no more than a block RAM's 16.
  [[nodiscard]] constexpr int factor_bank_bits() const {
    int bits = 1;
    for (int d = 2; d <= 16; ++d) {
      if (used_lanes() % d == 0) bits = d;
    }
    return bits;
  }
  /// Words of the memory that keeps the signs until a neuron's new output comes (EchoWords of rtl/basin_pkg.sv).
  [[nodiscard]] constexpr int echo_words() const { return 1 << clog2(memory_groups() + 128); }
  /// y
  [[nodiscard]] constexpr int overlap_bits() const { return drive_bits + clog2(neurons); }
  /// z
  [[nodiscard]] constexpr int mixed_bits() const { return overlap_bits() + weight_bits - 1 + clog2(memories); }
  /// D̂
  [[nodiscard]] constexpr int diagonal_bits() const {
    const int bits = weight_bits + 2 * clog2(memories) + 1;
    return bits < 32 ? bits : 32;
  }
  /// Digits of radix 4 of an entry of the core.
  [[nodiscard]] constexpr int core_digits() const { return (weight_bits + 1) / 2; }

  /// n
  [[nodiscard]] constexpr int drive_sum_bits() const { return wider(dot_bits(), bias_bits) + 1; }
  /// f
  [[nodiscard]] constexpr int difference_bits() const {
    return wider(drive_sum_bits() + state_left(), state_bits + state_right()) + 1;
  }
  /// x
  [[nodiscard]] constexpr int update_bits() const { return difference_bits() + 2 + (tau ? 8 : 0); }
  /// G
  [[nodiscard]] constexpr int segments_log2() const { return clog2(table_segments); }
  /// log2 of the span of a table in state units: T (odd) or T + 1 (general)
  [[nodiscard]] constexpr int span_log2() const { return table_domain + (table_odd ? 0 : 1); }
  /// q
  [[nodiscard]] constexpr int segment_shift() const { return span_log2() - segments_log2(); }
  [[nodiscard]] constexpr std::int32_t full_code() const { return (std::int32_t{1} << (drive_bits - 1)) - 1; }
  /// Phases that have a length: all but the last.
  [[nodiscard]] constexpr int timed_phases() const { return phases > 1 ? phases - 1 : 0; }
  /// Most steps that an output may be delayed.
  [[nodiscard]] constexpr int most_delay() const { return pages - 2; }
  [[nodiscard]] constexpr std::int64_t max_state() const { return (std::int64_t{1} << (state_bits - 1)) - 1; }

 private:
  static constexpr int wider(int a, int b) { return a > b ? a : b; }
};

/// Throws std::invalid_argument naming the parameter, its value and its range when §1 forbids the configuration.
void validate(const CoreConfig& config);
/// The canonical text of §8: one "key=value\n" a parameter, then "protocol=1\n".
std::string canonical_text(const CoreConfig& config);
/// hardware.id: first 32 bits of SHA-256 over canonical_text() and `rtl_sources` (names and bytes as §8 says, concatenated).
std::uint32_t config_id(const CoreConfig& config, const std::string& rtl_sources);
/// The whole text of basin_cfg.svh: parameters, identity, register map, kinds, and what the core holds before anything is
/// loaded. The RTL's only input from Basin.
std::string configuration_header(const CoreConfig& config, std::uint32_t config_id, const CoreContents& contents);
/// The same of a core that holds nothing.
std::string configuration_header(const CoreConfig& config, std::uint32_t config_id);

}  // namespace basin
