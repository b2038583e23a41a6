#include "tests/unit/fixed/random_network.hpp"

#include <algorithm>
#include <stdexcept>

namespace basin::test {
namespace {

int small(Random& random, int low, int high) { return static_cast<int>(between(random, low, high)); }

bool allowed(const CoreConfig& core) {
  try {
    validate(core);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

std::vector<std::int32_t> words(Random& random, std::size_t count, int bits) {
  const std::int64_t limit = std::int64_t{1} << (bits - 1);
  std::vector<std::int32_t> result(count);
  for (auto& word : result) word = static_cast<std::int32_t>(between(random, -limit, limit - 1));
  return result;
}

std::vector<std::uint8_t> bytes(Random& random, std::size_t count, int high) {
  std::vector<std::uint8_t> result(count);
  for (auto& byte : result) byte = static_cast<std::uint8_t>(between(random, 0, high));
  return result;
}

Table random_table(Random& random, const CoreConfig& core) {
  const std::int64_t full = core.full_code();
  const std::int64_t rise = std::int64_t{1} << (core.slope_bits - 1);
  Table table(static_cast<std::size_t>(core.table_segments));
  for (Segment& segment : table) {
    segment.base = static_cast<std::int32_t>(between(random, -full, full));
    const std::int64_t low = std::max(-rise, -full - segment.base);
    const std::int64_t high = std::min(rise - 1, full - segment.base);
    segment.rise = static_cast<std::int32_t>(between(random, low, high));
  }
  return table;
}

}  // namespace

std::int64_t between(Random& random, std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(random.uniform() * static_cast<double>(high - low + 1));
}

CoreConfig random_core(Random& random) {
  CoreConfig core;
  do {
    core.neurons = small(random, 1, 12);
    core.lanes = small(random, 1, core.neurons);
    core.state_bits = small(random, 4, 32);
    core.weight_bits = small(random, 2, 16);
    core.drive_bits = small(random, 2, 16);
    core.bias_bits = small(random, 2, 32);
    core.state_shift = small(random, -16, 31);
    core.table_domain = small(random, 1, core.state_bits - 1);
    core.table_odd = random.below(2) == 1;
    core.table_segments = 1 << small(random, 0, std::min(10, core.span_log2()));
    core.slope_bits = small(random, 2, 17);
    core.tables = small(random, 1, 4);
    core.tau = random.below(2) == 1;
    core.gain = random.below(2) == 1;
    core.phases = small(random, 0, 4);
    core.pages = 1 << small(random, 1, 4);
  } while (!allowed(core));
  return core;
}

FixedNetwork random_network(Random& random) {
  FixedNetwork network;
  network.core = random_core(random);
  const CoreConfig& core = network.core;
  network.neurons = small(random, 1, core.neurons);
  const auto n = static_cast<std::size_t>(network.neurons);
  network.step_exponent = small(random, 0, 15);
  network.order = small(random, 1, 2);
  network.settle_threshold = random.below(3);
  network.weights = words(random, n * n, core.weight_bits);
  network.biases = words(random, n, core.bias_bits);
  if (core.gain) {
    for (std::size_t i = 0; i < n; ++i) {
      network.gains.push_back({static_cast<std::uint8_t>(random.below(16)), static_cast<std::uint8_t>(random.below(256))});
    }
  }
  if (core.tau) network.taus = bytes(random, n, 255);
  if (core.tables > 1) network.selectors = bytes(random, n, core.tables - 1);
  for (std::size_t i = 0; i < n && core.pages > 2; ++i) {
    network.delays.push_back(static_cast<std::uint16_t>(between(random, 0, core.most_delay())));
    network.longest_delay = std::max<int>(network.longest_delay, network.delays.back());
  }
  if (core.phases > 0) network.clamps = bytes(random, n, (1 << core.phases) - 1);
  // Short enough that all phases are seen, and some of them skipped.
  for (int p = 0; p < core.timed_phases(); ++p) network.phase_steps.push_back(random.below(4));
  for (int t = 0; t < core.tables; ++t) network.tables.push_back(random_table(random, core));
  return network;
}

std::vector<std::int64_t> random_state(Random& random, const FixedNetwork& network) {
  const std::int64_t high = network.core.max_state();
  std::vector<std::int64_t> state(static_cast<std::size_t>(network.neurons));
  for (auto& word : state) {
    const std::uint32_t kind = random.below(8);
    word = kind == 0 ? high : kind == 1 ? -high - 1 : between(random, -high - 1, high);
  }
  return state;
}

}  // namespace basin::test
