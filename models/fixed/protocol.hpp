#pragma once

#include <array>
#include <cstdint>

/// The register map and stream kinds of docs/arithmetic.md §6–7. This file is their one source: the generated
/// basin_cfg.svh, the drivers and the tests take them from here.
namespace basin::protocol {

inline constexpr int version = 1;

struct Register {
  const char* name;         // as in docs/arithmetic.md §6
  std::uint32_t address;    // word address
};
enum : std::uint32_t {
  reg_config_id = 0, reg_control = 1, reg_status = 2, reg_neurons = 3, reg_step = 4, reg_settle = 5, reg_limit = 6,
  reg_steps = 7, reg_cycles = 8, reg_network_id = 9, reg_read = 10, reg_capacity = 11, reg_phase0 = 12, reg_phase1 = 13,
  reg_phase2 = 14, reg_delay = 15
};
inline constexpr std::array<Register, 16> registers{{
    {"ConfigId", reg_config_id}, {"Control", reg_control}, {"Status", reg_status}, {"Neurons", reg_neurons},
    {"Step", reg_step}, {"Settle", reg_settle}, {"Limit", reg_limit}, {"Steps", reg_steps},
    {"Cycles", reg_cycles}, {"NetworkId", reg_network_id}, {"Read", reg_read}, {"Capacity", reg_capacity},
    {"Phase0", reg_phase0}, {"Phase1", reg_phase1}, {"Phase2", reg_phase2}, {"Delay", reg_delay},
}};

/// The least address beyond the registers.
inline constexpr std::uint32_t registers_end = registers.back().address + 1;
static_assert(registers_end == registers.size());

inline constexpr std::uint32_t control_start = 1U << 0, control_check = 1U << 1, control_clear = 1U << 2,
                               control_stop = 1U << 3;
inline constexpr std::uint32_t status_busy = 1U << 0, status_settled = 1U << 1, status_overflow = 1U << 2,
                               status_load_error = 1U << 3, status_phase = 3U << 4;
/// Most phases of a recall; the lengths of all but the last are the registers from reg_phase0 on.
inline constexpr int most_phases = 4;
static_assert(reg_phase0 + most_phases - 1 == reg_delay);
inline constexpr std::uint32_t step_order2 = 1U << 8;

struct Kind {
  const char* name;
  std::uint32_t code;
};
enum : std::uint32_t {
  kind_weights = 1, kind_biases = 2, kind_gains = 3, kind_taus = 4, kind_selectors = 5, kind_bases = 6,
  kind_states = 7, kind_clamps = 8, kind_outputs = 9, kind_rises = 10,
  kind_factors = 11, kind_core = 12, kind_diagonal = 13, kind_delays = 14
};
inline constexpr std::array<Kind, 14> kinds{{
    {"Weights", kind_weights}, {"Biases", kind_biases}, {"Gains", kind_gains}, {"Taus", kind_taus},
    {"Selectors", kind_selectors}, {"Bases", kind_bases}, {"States", kind_states}, {"Clamps", kind_clamps},
    {"Outputs", kind_outputs}, {"Rises", kind_rises},
    {"Factors", kind_factors}, {"Core", kind_core}, {"Diagonal", kind_diagonal}, {"Delays", kind_delays},
}};

inline constexpr std::uint32_t max_count = (1U << 14) - 1;
/// kind 31…28, first 27…14, count 13…0.
constexpr std::uint32_t header(std::uint32_t kind, std::uint32_t first, std::uint32_t count) {
  return kind << 28 | first << 14 | count;
}
static_assert(header(7, 1, 2) == 0x7000'4002U);

}  // namespace basin::protocol
