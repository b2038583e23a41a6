#pragma once

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/stepper.hpp"
#include "tests/rtl/bench.hpp"
#include "tests/rtl/random_network.hpp"

namespace basin::rtl_test {

using Golden = Stepper<FixedNumber>;

template <class Model>
void set_registers(Bench<Model>& bench, const FixedNetwork& network) {
  for (const auto& [address, word] : register_settings(network)) bench.write(address, word);
}

/// Registers, then every packet of the network in random order.
template <class Model>
void load_network(Bench<Model>& bench, const FixedNetwork& network, std::mt19937& random) {
  set_registers(bench, network);
  auto image = load_image(network);
  std::shuffle(image.begin(), image.end(), random);
  for (const auto& packet : image) bench.load(packet);
}

template <class Model>
std::vector<std::int64_t> read_values(Bench<Model>& bench, std::uint32_t kind, std::uint32_t first, int count) {
  std::vector<std::int64_t> values;
  for (const std::uint32_t word : bench.read_words(protocol::header(kind, first, static_cast<std::uint32_t>(count)))) {
    values.push_back(static_cast<std::int32_t>(word));
  }
  return values;
}

inline std::vector<std::int64_t> wide(const std::vector<std::int32_t>& values) { return {values.begin(), values.end()}; }
inline std::vector<std::int64_t> list(std::span<const std::int64_t> values) { return {values.begin(), values.end()}; }

}  // namespace basin::rtl_test
