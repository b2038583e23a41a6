#pragma once

#include <array>
#include <cstdint>

#include "models/fixed/core_config.hpp"

namespace basin::rtl_test {

/// One elaboration that the tests verilate. The name is that of its generated header's folder and of its model class.
struct Configuration {
  const char* name;
  CoreConfig core;
};

/// Few, but together they reach every generate branch: P not dividing N, N = P = 1, one group, wide and narrow
/// words, both signs of the state shift, odd and general tables, every feature, multiplier blocks and shared memories, delays
/// with and without the other features. Of the
/// factored form: a last group that not all lanes have a memory in, more lanes than memories with every feature, one of
/// everything, and many groups with X in single-port memories.
inline constexpr std::array<Configuration, 12> configurations{{
    {"Plain", {.neurons = 64, .lanes = 8, .state_bits = 18, .weight_bits = 8, .drive_bits = 13, .bias_bits = 27,
               .state_shift = 8, .table_domain = 16, .table_segments = 128, .slope_bits = 14}},
    {"Uneven", {.neurons = 13, .lanes = 5, .state_bits = 11, .weight_bits = 5, .drive_bits = 6, .bias_bits = 9,
                .state_shift = -2, .table_domain = 10, .table_segments = 16, .slope_bits = 7, .table_odd = false}},
    {"Full", {.neurons = 24, .lanes = 6, .state_bits = 24, .weight_bits = 16, .drive_bits = 16, .bias_bits = 20,
              .state_shift = 3, .table_domain = 20, .table_segments = 32, .slope_bits = 17, .tables = 3,
              .table_odd = false, .tau = true, .gain = true, .phases = 4}},
    {"Single", {.neurons = 1, .lanes = 1, .state_bits = 4, .weight_bits = 2, .drive_bits = 2, .bias_bits = 2,
                .state_shift = 0, .table_domain = 3, .table_segments = 1, .slope_bits = 3, .phases = 3}},
    {"Blocks", {.neurons = 24, .lanes = 5, .state_bits = 18, .weight_bits = 7, .drive_bits = 12, .bias_bits = 24,
                .state_shift = 6, .table_domain = 15, .table_segments = 32, .slope_bits = 14, .phases = 2,
                .block_multipliers = true, .single_port = true}},
    {"Delayed", {.neurons = 12, .lanes = 12, .state_bits = 18, .weight_bits = 8, .drive_bits = 13, .bias_bits = 24,
                 .state_shift = 6, .table_domain = 15, .table_segments = 32, .slope_bits = 14, .pages = 16}},
    {"DelayedFull", {.neurons = 9, .lanes = 4, .state_bits = 20, .weight_bits = 6, .drive_bits = 8, .bias_bits = 16,
                     .state_shift = 2, .table_domain = 16, .table_segments = 16, .slope_bits = 9, .tables = 2,
                     .table_odd = false, .tau = true, .gain = true, .phases = 3, .pages = 4}},
    {"DelayedSingle", {.neurons = 1, .lanes = 1, .state_bits = 12, .weight_bits = 4, .drive_bits = 6, .bias_bits = 6,
                       .state_shift = 0, .table_domain = 8, .table_segments = 8, .slope_bits = 6, .pages = 64}},
    {"Factors", {.neurons = 40, .lanes = 4, .state_bits = 20, .weight_bits = 10, .drive_bits = 13, .bias_bits = 27,
                 .state_shift = 9, .table_domain = 16, .table_segments = 64, .slope_bits = 14, .memories = 6}},
    {"FactorsFull", {.neurons = 13, .lanes = 5, .state_bits = 18, .weight_bits = 5, .drive_bits = 9, .bias_bits = 16,
                     .state_shift = -2, .table_domain = 12, .table_segments = 16, .slope_bits = 10, .tables = 3,
                     .table_odd = false, .tau = true, .gain = true, .phases = 4, .memories = 3}},
    {"FactorsSingle", {.neurons = 1, .lanes = 1, .state_bits = 5, .weight_bits = 2, .drive_bits = 16, .bias_bits = 4,
                       .state_shift = 2, .table_domain = 3, .table_segments = 1, .slope_bits = 17, .memories = 1}},
    {"FactorsMany", {.neurons = 24, .lanes = 3, .state_bits = 24, .weight_bits = 7, .drive_bits = 6, .bias_bits = 20,
                     .state_shift = 5, .table_domain = 16, .table_segments = 32, .slope_bits = 9, .phases = 2,
                     .memories = 20, .single_port = true}},
}};

/// What CONFIG_ID says in every test elaboration.
inline constexpr std::uint32_t config_id = 0xba51'0001;

constexpr const CoreConfig& configuration(const char* name) {
  for (const Configuration& c : configurations) {
    const char *a = c.name, *b = name;
    while (*a != '\0' && *a == *b) ++a, ++b;
    if (*a == *b) return c.core;
  }
  throw "no such configuration";
}

}  // namespace basin::rtl_test
