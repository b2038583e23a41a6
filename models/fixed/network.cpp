#include "models/fixed/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>

#include "models/fixed/protocol.hpp"

namespace basin {
namespace {

template <class Values>
void require_size(const char* what, const Values& values, std::size_t expected) {
  if (values.size() != expected) {
    throw std::invalid_argument(fmt::format("{}: {} values, expected {}", what, values.size(), expected));
  }
}

template <class Values>
void require_width(const char* what, const Values& values, int bits) {
  const std::int64_t high = (std::int64_t{1} << (bits - 1)) - 1;
  for (const auto value : values) {
    if (value < -high - 1 || value > high) {
      throw std::invalid_argument(fmt::format("{} {} does not fit {} bits", what, value, bits));
    }
  }
}

std::uint32_t gain_word(const GainWord& gain) {
  return static_cast<std::uint32_t>(gain.exponent) << 8 | static_cast<std::uint32_t>(gain.mantissa);
}

/// Feeds little-endian values to the CRC of docs/arithmetic.md §8.
class Checksum {
 public:
  void add(std::uint32_t value, int bytes = 4) {
    for (int k = 0; k < bytes; ++k) crc_.process_byte(static_cast<unsigned char>(value >> (8 * k)));
  }
  void add(std::int32_t value, int bytes = 4) { add(static_cast<std::uint32_t>(value), bytes); }
  [[nodiscard]] std::uint32_t value() const { return crc_.checksum(); }

 private:
  boost::crc_32_type crc_;
};

void validate_factors(const CoreConfig& core, const FixedFactors& factors, std::size_t n) {
  const auto m = static_cast<std::size_t>(core.memories);
  require_size("patterns", factors.patterns, m * n);
  require_size("core", factors.core, m * m);
  require_size("diagonal", factors.diagonal, n);
  require_width("core", factors.core, core.weight_bits);
  for (const std::int8_t sign : factors.patterns) {
    if (sign != 1 && sign != -1) throw std::invalid_argument(fmt::format("pattern entry {} is neither 1 nor -1", sign));
  }
  // What XᵀÂX can have there, and a word holds.
  const std::int64_t most = std::min<std::int64_t>(static_cast<std::int64_t>(m * m) << (core.weight_bits - 1),
                                                   std::numeric_limits<std::int32_t>::max());
  for (const std::int32_t d : factors.diagonal) {
    if (std::abs(std::int64_t{d}) > most) throw std::invalid_argument(fmt::format("diagonal {} is outside ±{}", d, most));
  }
  for (std::size_t a = 0; a < m; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (factors.core[a * m + b] != factors.core[b * m + a]) throw std::invalid_argument("core is not symmetric");
    }
  }
}

void validate_table(const CoreConfig& core, const Table& table) {
  require_size("table", table, static_cast<std::size_t>(core.table_segments));
  for (const Segment& segment : table) {
    const std::int64_t end = std::int64_t{segment.base} + segment.rise;
    if (std::max(std::abs(std::int64_t{segment.base}), std::abs(end)) > core.full_code()) {
      throw std::invalid_argument(fmt::format("table: a segment from {} to {} leaves ±{}", segment.base, end, core.full_code()));
    }
    require_width("table rise", std::vector<std::int32_t>{segment.rise}, core.slope_bits);
  }
}

/// One packet: header, then `count` values given by `value(k)`, k counted from `first`.
template <class Get>
std::vector<std::uint32_t> packet(std::uint32_t kind, std::size_t first, std::size_t count, Get value) {
  std::vector<std::uint32_t> words{
      protocol::header(kind, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(count))};
  words.reserve(count + 1);
  for (std::size_t k = 0; k < count; ++k) words.push_back(static_cast<std::uint32_t>(value(k)));
  return words;
}

using Packets = std::vector<std::vector<std::uint32_t>>;

/// `count` values by neuron, in one packet or as many as their count needs.
template <class Get>
void add_list(Packets& packets, std::uint32_t kind, std::size_t count, Get value) {
  for (std::size_t first = 0; first < count; first += protocol::max_count) {
    packets.push_back(packet(kind, first, std::min<std::size_t>(count - first, protocol::max_count),
                             [&](std::size_t k) { return value(first + k); }));
  }
}

/// X a neuron a packet, Â row by row, D̂.
void add_factors(Packets& packets, const FixedFactors& factors, std::size_t memories, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    packets.push_back(packet(protocol::kind_factors, i, memories,
                             [&](std::size_t m) { return std::int32_t{factors.patterns[m * n + i]}; }));
  }
  for (std::size_t m = 0; m < memories; ++m) {
    packets.push_back(packet(protocol::kind_core, m, memories, [&](std::size_t k) { return factors.core[m * memories + k]; }));
  }
  add_list(packets, protocol::kind_diagonal, n, [&](std::size_t i) { return factors.diagonal[i]; });
}

}  // namespace

void validate(const FixedNetwork& network) {
  const CoreConfig& core = network.core;
  validate(core);
  if (network.neurons < 1 || network.neurons > core.neurons) {
    throw std::invalid_argument(fmt::format("neurons = {} is outside 1 … {}", network.neurons, core.neurons));
  }
  if (network.step_exponent < 0 || network.step_exponent > 15) {
    throw std::invalid_argument(fmt::format("K = {} is outside 0 … 15", network.step_exponent));
  }
  if (network.order != 1 && network.order != 2) {
    throw std::invalid_argument(fmt::format("order = {} is neither 1 nor 2", network.order));
  }
  constexpr std::int64_t word = (std::int64_t{1} << 32) - 1;
  if (network.settle_threshold < 0 || network.settle_threshold > word || network.step_limit < 0 || network.step_limit > word) {
    throw std::invalid_argument("settle threshold and step limit are words of 32 bits");
  }
  const auto n = static_cast<std::size_t>(network.neurons);
  require_size("weights", network.weights, core.memories > 0 ? 0 : n * n);
  if ((network.factors != nullptr) != (core.memories > 0)) throw std::invalid_argument("factors and the form disagree");
  if (network.factors) validate_factors(core, *network.factors, n);
  require_size("gains", network.gains, core.gain ? n : 0);
  require_size("taus", network.taus, core.tau ? n : 0);
  require_size("selectors", network.selectors, core.tables > 1 ? n : 0);
  require_size("delays", network.delays, core.pages > 2 ? n : 0);
  require_size("phase lengths", network.phase_steps, static_cast<std::size_t>(core.timed_phases()));
  require_size("tables", network.tables, static_cast<std::size_t>(core.tables));
  require_width("weight", network.weights, core.weight_bits);
  validate_biases(network, network.biases);
  validate_clamps(network, network.clamps);
  for (const Table& table : network.tables) validate_table(core, table);
  for (const GainWord& gain : network.gains) {
    if (gain.exponent > 15) throw std::invalid_argument(fmt::format("gain exponent {} is above 15", gain.exponent));
  }
  const auto require_delay = [&](int delay) {
    if (delay < 0 || delay > core.most_delay()) {
      throw std::invalid_argument(fmt::format("delay {} is outside 0 … {}", delay, core.most_delay()));
    }
  };
  require_delay(network.longest_delay);
  for (const std::uint16_t delay : network.delays) require_delay(delay);
  for (const std::uint8_t selector : network.selectors) {
    if (selector >= core.tables) throw std::invalid_argument(fmt::format("selector {} names no table", selector));
  }
}

void validate_biases(const FixedNetwork& network, std::span<const std::int32_t> biases) {
  require_size("biases", biases, static_cast<std::size_t>(network.neurons));
  require_width("bias", biases, network.core.bias_bits);
}

void validate_clamps(const FixedNetwork& network, std::span<const std::uint8_t> clamps) {
  const int phases = network.core.phases;
  require_size("clamps", clamps, phases > 0 ? static_cast<std::size_t>(network.neurons) : 0);
  for (const std::uint8_t mask : clamps) {
    if (mask >> phases != 0) throw std::invalid_argument(fmt::format("clamp mask {} does not fit {} phases", mask, phases));
  }
}

std::uint32_t network_id(const FixedNetwork& network) {
  Checksum crc;
  crc.add(static_cast<std::uint32_t>(network.neurons) | static_cast<std::uint32_t>(network.step_exponent) << 16 |
          static_cast<std::uint32_t>(network.order - 1) << 24);
  for (const std::uint32_t steps : network.phase_steps) crc.add(steps);
  if (network.core.pages > 2) crc.add(static_cast<std::uint32_t>(network.longest_delay));
  const int weight_bytes = (network.core.weight_bits + 7) / 8;
  for (const std::int32_t weight : network.weights) crc.add(weight, weight_bytes);
  if (network.factors) {
    for (const std::int8_t sign : network.factors->patterns) crc.add(std::int32_t{sign}, 1);
    for (const std::int32_t entry : network.factors->core) crc.add(entry, weight_bytes);
    for (const std::int32_t entry : network.factors->diagonal) crc.add(entry);
  }
  for (const std::int32_t bias : network.biases) crc.add(bias);
  for (const GainWord& gain : network.gains) crc.add(gain_word(gain));
  for (const std::uint8_t tau : network.taus) crc.add(std::uint32_t{tau});
  for (const std::uint8_t selector : network.selectors) crc.add(std::uint32_t{selector});
  for (const std::uint16_t delay : network.delays) crc.add(std::uint32_t{delay});
  for (const Table& table : network.tables) {
    for (const Segment& segment : table) {
      crc.add(segment.base);
      crc.add(segment.rise);
    }
  }
  return crc.value();
}

std::int32_t raw_state(const FixedNetwork& network, double u) {
  const auto high = static_cast<double>(network.core.max_state());
  return static_cast<std::int32_t>(std::clamp(std::floor(u / network.lsb_state + 0.5), -high - 1.0, high));
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> register_settings(const FixedNetwork& network) {
  const std::uint32_t order = network.order == 2 ? protocol::step_order2 : 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> settings{
      {protocol::reg_neurons, static_cast<std::uint32_t>(network.neurons)},
      {protocol::reg_step, static_cast<std::uint32_t>(network.step_exponent) | order},
      {protocol::reg_settle, static_cast<std::uint32_t>(network.settle_threshold)},
      {protocol::reg_limit, static_cast<std::uint32_t>(network.step_limit)}};
  for (std::uint32_t p = 0; p < network.phase_steps.size(); ++p) {
    settings.emplace_back(protocol::reg_phase0 + p, network.phase_steps[p]);
  }
  if (network.core.pages > 2) settings.emplace_back(protocol::reg_delay, static_cast<std::uint32_t>(network.longest_delay));
  return settings;
}

std::vector<std::vector<std::uint32_t>> load_image(const FixedNetwork& network) {
  const auto n = static_cast<std::size_t>(network.neurons);
  const auto segments = static_cast<std::size_t>(network.core.table_segments);
  std::vector<std::vector<std::uint32_t>> image;
  for (std::size_t i = 0; i < n && !network.factors; ++i) {
    image.push_back(packet(protocol::kind_weights, i, n, [&](std::size_t j) { return network.weights[i * n + j]; }));
  }
  if (network.factors) add_factors(image, *network.factors, static_cast<std::size_t>(network.core.memories), n);
  add_list(image, protocol::kind_biases, n, [&](std::size_t i) { return network.biases[i]; });
  if (network.core.gain) {
    add_list(image, protocol::kind_gains, n, [&](std::size_t i) { return gain_word(network.gains[i]); });
  }
  if (network.core.tau) {
    add_list(image, protocol::kind_taus, n, [&](std::size_t i) { return network.taus[i]; });
  }
  if (network.core.tables > 1) {
    add_list(image, protocol::kind_selectors, n, [&](std::size_t i) { return network.selectors[i]; });
  }
  if (network.core.pages > 2) {
    add_list(image, protocol::kind_delays, n, [&](std::size_t i) { return network.delays[i]; });
  }
  for (std::size_t t = 0; t < network.tables.size(); ++t) {
    const Table& table = network.tables[t];
    image.push_back(packet(protocol::kind_bases, t * segments, segments, [&](std::size_t c) { return table[c].base; }));
    image.push_back(packet(protocol::kind_rises, t * segments, segments, [&](std::size_t c) { return table[c].rise; }));
  }
  if (network.core.phases > 0) {
    for (auto& packet : clamp_packets(network.clamps)) image.push_back(std::move(packet));
  }
  return image;
}

std::vector<std::vector<std::uint32_t>> bias_packets(std::span<const std::int32_t> biases) {
  std::vector<std::vector<std::uint32_t>> packets;
  add_list(packets, protocol::kind_biases, biases.size(), [&](std::size_t i) { return biases[i]; });
  return packets;
}

std::vector<std::vector<std::uint32_t>> clamp_packets(std::span<const std::uint8_t> clamps) {
  std::vector<std::vector<std::uint32_t>> packets;
  add_list(packets, protocol::kind_clamps, clamps.size(), [&](std::size_t i) { return clamps[i]; });
  return packets;
}

std::vector<std::vector<std::uint32_t>> state_packets(const std::vector<std::int32_t>& state) {
  std::vector<std::vector<std::uint32_t>> packets;
  add_list(packets, protocol::kind_states, state.size(), [&](std::size_t i) { return state[i]; });
  return packets;
}

}  // namespace basin
