#pragma once

#include <array>
#include <cstdint>
#include <ostream>
#include <set>
#include <vector>

#include "models/fixed/core_config.hpp"

namespace basin::cosim {

/// A number format, without the sizes N and P.
struct NumberFormat {
  const char* name;
  CoreConfig core;
};

/// What Basin chooses for images; short words with a negative shift; the longest words; every feature at once.
inline constexpr std::array<NumberFormat, 4> number_formats{{
    {"Usual", {.state_bits = 18, .weight_bits = 8, .drive_bits = 13, .bias_bits = 27, .state_shift = 9, .table_domain = 16,
               .table_segments = 128, .slope_bits = 14}},
    {"Narrow", {.state_bits = 11, .weight_bits = 4, .drive_bits = 5, .bias_bits = 9, .state_shift = -1, .table_domain = 9,
                .table_segments = 8, .slope_bits = 5, .phases = 2}},
    {"Wide", {.state_bits = 32, .weight_bits = 16, .drive_bits = 16, .bias_bits = 32, .state_shift = 3, .table_domain = 28,
              .table_segments = 64, .slope_bits = 17}},
    {"Featured", {.state_bits = 20, .weight_bits = 9, .drive_bits = 10, .bias_bits = 24, .state_shift = -3,
                  .table_domain = 17, .table_segments = 32, .slope_bits = 11, .tables = 4, .table_odd = false, .tau = true,
                  .gain = true, .phases = 4}},
}};

/// The sizes every comparison visits, as far as a core of `largest` neurons takes them, and its own.
inline std::vector<int> sizes_within(int largest) {
  std::set<int> sizes{largest};
  for (const int n : {1, 2, 3, 8, 31, 64, 100, 256}) {
    if (n <= largest) sizes.insert(n);
  }
  return {sizes.begin(), sizes.end()};
}

constexpr CoreConfig sized(CoreConfig core, int neurons, int lanes) {
  core.neurons = neurons;
  core.lanes = lanes;
  return core;
}

/// The same core made of multiplier blocks and single-port memories.
constexpr CoreConfig in_blocks(CoreConfig core) {
  core.block_multipliers = true;
  core.single_port = true;
  return core;
}

/// The same in the factored form with M memories.
constexpr CoreConfig factored(CoreConfig core, int memories) {
  core.memories = memories;
  return core;
}

/// The same with pages for delays.
constexpr CoreConfig delayed(CoreConfig core, int pages) {
  core.pages = pages;
  return core;
}

/// One elaboration of the covering sample, and how many neuron updates are compared on it at least.
struct Sample {
  const char* name;
  CoreConfig core;
  std::uint64_t updates;
};
inline void PrintTo(const Sample& one, std::ostream* stream) { *stream << one.name; }

/// Every n on at least one core, every P, every format; P that does not divide N; one odd core of each kind.
inline constexpr std::array<Sample, 10> sample{{
    {"UsualN256P16", sized(number_formats[0].core, 256, 16), 330'000},
    {"NarrowN100P8", sized(number_formats[1].core, 100, 8), 200'000},
    {"FeaturedN64P4", sized(number_formats[3].core, 64, 4), 160'000},
    {"WideN31P2", sized(number_formats[2].core, 31, 2), 140'000},
    {"UsualN8P1", sized(number_formats[0].core, 8, 1), 100'000},
    {"FeaturedN5P3", sized(number_formats[3].core, 5, 3), 70'000},
    {"NarrowN1P1", sized(number_formats[1].core, 1, 1), 20'000},
    {"DelayedN31P8", delayed(sized(number_formats[0].core, 31, 8), 32), 60'000},
    {"DelayedFeaturedN8P2", delayed(sized(number_formats[3].core, 8, 2), 4), 60'000},
    {"BlocksN64P7", in_blocks(sized(number_formats[0].core, 64, 7)), 100'000},
}};

/// The same of the factored form: a group of memories, groups that the lanes divide and that they don't, more lanes than
/// memories, many groups.
inline constexpr std::array<Sample, 5> factored_sample{{
    {"FactoredUsualN256M8P8", factored(sized(number_formats[0].core, 256, 8), 8), 100'000},
    {"FactoredNarrowN64M5P2", factored(sized(number_formats[1].core, 64, 2), 5), 60'000},
    {"FactoredWideN31M6P3", factored(sized(number_formats[2].core, 31, 3), 6), 60'000},
    {"FactoredFeaturedN31M4P8", factored(sized(number_formats[3].core, 31, 8), 4), 60'000},
    {"FactoredUsualN64M40P3", factored(sized(number_formats[0].core, 64, 3), 40), 40'000},
}};

constexpr std::uint64_t sample_updates() {
  std::uint64_t sum = 0;
  for (const Sample& one : sample) sum += one.updates;
  return sum;
}
static_assert(sample_updates() >= 1'000'000);

}  // namespace basin::cosim
