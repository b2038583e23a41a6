#include "tests/rtl/random_network.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace basin::rtl_test {
namespace {

std::int64_t uniform(std::mt19937& random, std::int64_t low, std::int64_t high) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

bool chance(std::mt19937& random, double probability) { return std::bernoulli_distribution(probability)(random); }

/// A signed word of `bits`; one in `ends` times its smallest or largest.
std::int32_t signed_word(std::mt19937& random, int bits, double ends) {
  const std::int64_t limit = std::int64_t{1} << (bits - 1);
  if (chance(random, ends)) return static_cast<std::int32_t>(chance(random, 0.5) ? -limit : limit - 1);
  return static_cast<std::int32_t>(uniform(random, -limit, limit - 1));
}

std::vector<std::int32_t> signed_words(std::mt19937& random, std::size_t count, int bits, double ends) {
  std::vector<std::int32_t> words(count);
  for (auto& word : words) word = signed_word(random, bits, ends);
  return words;
}

/// Random bases; each rise as far as the codes and its own width allow.
Table random_table(const CoreConfig& core, std::mt19937& random) {
  const std::int64_t full = core.full_code(), rise_limit = std::int64_t{1} << (core.slope_bits - 1);
  Table table(static_cast<std::size_t>(core.table_segments));
  for (Segment& segment : table) {
    segment.base = static_cast<std::int32_t>(chance(random, 0.2) ? full : uniform(random, -full, full));
    const std::int64_t low = std::max(-full - segment.base, -rise_limit);
    const std::int64_t high = std::min(full - segment.base, rise_limit - 1);
    segment.rise = static_cast<std::int32_t>(chance(random, 0.2) ? low : uniform(random, low, high));
  }
  return table;
}

/// A straight line through zero: the saturating unit of gentle networks.
Table ramp_table(const CoreConfig& core) {
  const int segments = core.table_segments;
  const std::int64_t full = core.full_code();
  const auto point = [&](int c) {
    return static_cast<std::int32_t>(core.table_odd ? full * c / segments : full * (2 * c - segments) / segments);
  };
  Table table(static_cast<std::size_t>(segments));
  for (int c = 0; c < segments; ++c) {
    const auto at = static_cast<std::size_t>(c);
    table[at].base = point(c);
    const std::int32_t limit = (std::int32_t{1} << (core.slope_bits - 1)) - 1;
    table[at].rise = std::min(point(c + 1) - point(c), limit);
  }
  return table;
}

std::vector<std::int32_t> random_weights(const CoreConfig& core, std::size_t count, bool gentle, std::mt19937& random) {
  if (!gentle) return signed_words(random, count, core.weight_bits, 0.2);
  std::vector<std::int32_t> weights(count);
  for (auto& weight : weights) weight = static_cast<std::int32_t>(uniform(random, -1, 1));
  return weights;
}

std::shared_ptr<const FixedFactors> random_factors(const CoreConfig& core, std::size_t n, bool gentle, std::mt19937& random) {
  const auto m = static_cast<std::size_t>(core.memories);
  FixedFactors factors;
  factors.patterns.resize(m * n);
  for (auto& sign : factors.patterns) sign = chance(random, 0.5) ? 1 : -1;
  factors.core = random_weights(core, m * m, gentle, random);
  for (std::size_t a = 0; a < m; ++a) {
    for (std::size_t b = 0; b < a; ++b) factors.core[a * m + b] = factors.core[b * m + a];
  }
  const std::int64_t most = std::min<std::int64_t>(static_cast<std::int64_t>(m * m) << (core.weight_bits - 1), 2147483647);
  const std::int64_t high = gentle ? 1 : most;
  factors.diagonal.resize(n);
  for (auto& own : factors.diagonal) {
    own = static_cast<std::int32_t>(chance(random, 0.2) ? (chance(random, 0.5) ? -high : high) : uniform(random, -high, high));
  }
  return std::make_shared<const FixedFactors>(std::move(factors));
}

}  // namespace

FixedNetwork random_network(const CoreConfig& core, int n, Drive drive, std::mt19937& random) {
  const bool gentle = drive == Drive::Gentle;
  const auto size = static_cast<std::size_t>(n);
  FixedNetwork network;
  network.core = core;
  network.neurons = n;
  network.order = static_cast<int>(uniform(random, 1, 2));
  network.step_exponent = static_cast<int>(gentle ? uniform(random, 1, 4) : uniform(random, 0, 15));
  if (core.memories > 0) network.factors = random_factors(core, size, gentle, random);
  else network.weights = random_weights(core, size * size, gentle, random);
  network.biases = signed_words(random, size, gentle ? std::max(2, core.bias_bits / 2) : core.bias_bits, 0.2);
  for (int t = 0; t < core.tables; ++t) network.tables.push_back(gentle ? ramp_table(core) : random_table(core, random));
  for (std::size_t i = 0; i < size; ++i) {
    if (core.gain) {
      network.gains.push_back({static_cast<std::uint8_t>(chance(random, 0.5) ? 0 : uniform(random, 0, 15)),
                               static_cast<std::uint8_t>(uniform(random, 0, 255))});
    }
    if (core.tau) network.taus.push_back(static_cast<std::uint8_t>(chance(random, 0.2) ? 255 : uniform(random, 0, 255)));
    if (core.tables > 1) network.selectors.push_back(static_cast<std::uint8_t>(uniform(random, 0, core.tables - 1)));
    if (core.pages > 2) network.delays.push_back(static_cast<std::uint16_t>(uniform(random, 0, core.most_delay())));
    if (core.phases > 0) network.clamps.push_back(0);
    for (int p = 0; p < core.phases; ++p) {
      if (chance(random, 0.25)) network.clamps.back() = static_cast<std::uint8_t>(network.clamps.back() | 1 << p);
    }
  }
  for (int p = 0; p < core.timed_phases(); ++p) {
    network.phase_steps.push_back(static_cast<std::uint32_t>(chance(random, 0.25) ? 0 : uniform(random, 1, 9)));
  }
  for (const std::uint16_t delay : network.delays) network.longest_delay = std::max<int>(network.longest_delay, delay);
  network.settle_threshold = gentle && network.order == 1 ? 0 : uniform(random, 0, 3);
  network.step_limit = 40;
  return network;
}

void uncouple(FixedNetwork& network) {
  std::fill(network.weights.begin(), network.weights.end(), 0);
  if (!network.factors) return;
  FixedFactors factors = *network.factors;
  std::fill(factors.core.begin(), factors.core.end(), 0);
  std::fill(factors.diagonal.begin(), factors.diagonal.end(), 0);
  network.factors = std::make_shared<const FixedFactors>(std::move(factors));
}

std::vector<std::int32_t> random_states(const FixedNetwork& network, std::mt19937& random) {
  return signed_words(random, static_cast<std::size_t>(network.neurons), network.core.state_bits, 0.2);
}

}  // namespace basin::rtl_test
