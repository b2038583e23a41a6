#pragma once

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/stepper.hpp"
#include "tests/rtl/bench.hpp"
#include "tests/rtl/random_network.hpp"

namespace basin::rtl_test {

using Golden = Stepper<FixedNumber>;

template <class Model>
void set_registers(Bench<Model>& bench, const FixedNetwork& network) {
  bench.write(protocol::reg_neurons, static_cast<std::uint32_t>(network.neurons));
  bench.write(protocol::reg_step, static_cast<std::uint32_t>(network.step_exponent) |
                                      (network.order == 2 ? protocol::step_order2 : 0));
  bench.write(protocol::reg_settle, static_cast<std::uint32_t>(network.settle_threshold));
  bench.write(protocol::reg_limit, static_cast<std::uint32_t>(network.step_limit));
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
