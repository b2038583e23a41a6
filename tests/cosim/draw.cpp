#include "tests/cosim/draw.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace basin::cosim {
namespace {

std::int64_t between(Random& random, std::int64_t low, std::int64_t high) {
  const auto span = static_cast<std::uint64_t>(high - low) + 1;
  if (span <= 0xffff'ffffU) return low + random.below(static_cast<std::uint32_t>(span));
  return low + static_cast<std::int64_t>(random.uniform() * static_cast<double>(span));
}

bool one_in(Random& random, std::uint32_t count) { return random.below(count) == 0; }

/// A signed word within ±limit (−limit − 1 at the bottom when `full`); one in four at an end.
std::int32_t word(Random& random, std::int64_t limit, bool full) {
  const std::int64_t low = full ? -limit - 1 : -limit;
  if (one_in(random, 4)) return static_cast<std::int32_t>(one_in(random, 2) ? low : limit);
  return static_cast<std::int32_t>(between(random, low, limit));
}

std::vector<std::int32_t> words(Random& random, std::size_t count, std::int64_t limit, bool full) {
  std::vector<std::int32_t> result(count);
  for (auto& value : result) value = word(random, limit, full);
  return result;
}

std::int64_t largest(int bits) { return (std::int64_t{1} << (bits - 1)) - 1; }

/// Largest |Σ W V + b| that keeps |u| within `part` of the state's range.
double sum_limit(const CoreConfig& core, double part) {
  return part * static_cast<double>(core.max_state()) * std::ldexp(1.0, core.state_shift);
}

std::int64_t weight_limit(const CoreConfig& core, int n, Drive drive) {
  if (drive == Drive::extreme) return largest(core.weight_bits);
  const double share = sum_limit(core, drive == Drive::lively ? 1.5 : 0.3) / core.full_code();
  const double each = drive == Drive::lively ? share / std::sqrt(n) : share / n;
  return std::clamp(static_cast<std::int64_t>(each), std::int64_t{1}, largest(core.weight_bits));
}

std::int64_t bias_limit(const CoreConfig& core, Drive drive) {
  if (drive == Drive::extreme) return largest(core.bias_bits);
  return std::clamp(static_cast<std::int64_t>(sum_limit(core, 0.2)), std::int64_t{1}, largest(core.bias_bits));
}

/// Any legal table: bases over the whole range, rises as far as codes and their width allow.
Table jagged_table(const CoreConfig& core, Random& random) {
  const std::int64_t full = core.full_code();
  const std::int64_t steepest = largest(core.slope_bits);
  Table table(static_cast<std::size_t>(core.table_segments));
  for (Segment& segment : table) {
    segment.base = word(random, full, false);
    const std::int64_t low = std::max(-full - segment.base, -steepest - 1);
    const std::int64_t high = std::min(full - segment.base, steepest);
    segment.rise = static_cast<std::int32_t>(one_in(random, 4) ? low : between(random, low, high));
  }
  return table;
}

/// A rising curve that ends in the full code: what Basin makes, but for the rise's width.
Table smooth_table(const CoreConfig& core, Random& random) {
  const double gain = 0.5 + 4.0 * random.uniform();
  const int count = core.table_segments;
  const auto point = [&](int c) {
    const double x = core.table_odd ? static_cast<double>(c) / count : 2.0 * c / count - 1.0;
    return static_cast<std::int32_t>(std::lround(core.full_code() * std::tanh(gain * x) / std::tanh(gain)));
  };
  Table table(static_cast<std::size_t>(count));
  for (int c = 0; c < count; ++c) {
    const auto steepest = static_cast<std::int32_t>(largest(core.slope_bits));
    table[static_cast<std::size_t>(c)] = {point(c), std::min(point(c + 1) - point(c), steepest)};
  }
  return table;
}

/// As large a core and diagonal as keep the sums within the range of `drive`, whose dense weights would be ±M² times the core.
std::shared_ptr<const FixedFactors> draw_factors(const CoreConfig& core, int n, Drive drive, Random& random) {
  const auto m = static_cast<std::size_t>(core.memories), size = static_cast<std::size_t>(n);
  const bool full = drive == Drive::extreme;
  const std::int64_t weight = full ? largest(core.weight_bits) : std::max<std::int64_t>(1, weight_limit(core, n, drive) / core.memories);
  FixedFactors factors;
  factors.patterns.resize(m * size);
  for (auto& sign : factors.patterns) sign = one_in(random, 2) ? 1 : -1;
  factors.core = words(random, m * m, std::min(weight, largest(core.weight_bits)), full);
  for (std::size_t a = 0; a < m; ++a) {
    for (std::size_t b = 0; b < a; ++b) factors.core[a * m + b] = factors.core[b * m + a];
  }
  const std::int64_t most = std::min<std::int64_t>(static_cast<std::int64_t>(m * m) << (core.weight_bits - 1), largest(32));
  factors.diagonal = words(random, size, full ? most : std::min(most, weight), false);
  return std::make_shared<const FixedFactors>(std::move(factors));
}

void draw_features(FixedNetwork& network, Random& random) {
  const CoreConfig& core = network.core;
  for (int i = 0; i < network.neurons; ++i) {
    if (core.gain) {
      const auto exponent = static_cast<std::uint8_t>(one_in(random, 2) ? 0 : random.below(16));
      network.gains.push_back({exponent, static_cast<std::uint8_t>(random.below(256))});
    }
    if (core.tau) network.taus.push_back(static_cast<std::uint8_t>(one_in(random, 4) ? 255 : random.below(256)));
    if (core.pages > 2) {
      network.delays.push_back(static_cast<std::uint16_t>(random.below(static_cast<std::uint32_t>(core.pages - 1))));
      network.longest_delay = std::max<int>(network.longest_delay, network.delays.back());
    }
    if (core.tables > 1) {
      network.selectors.push_back(static_cast<std::uint8_t>(random.below(static_cast<std::uint32_t>(core.tables))));
    }
  }
  if (core.phases > 0) network.clamps = draw_clamps(network, random);
  for (int p = 0; p < core.timed_phases(); ++p) network.phase_steps.push_back(one_in(random, 4) ? 0 : random.below(12));
}

}  // namespace

FixedNetwork draw_network(const CoreConfig& core, int n, Drive drive, Random& random) {
  FixedNetwork network;
  network.core = core;
  network.neurons = n;
  network.order = 1 + static_cast<int>(random.below(2));
  network.step_exponent = static_cast<int>(random.below(drive == Drive::settling ? 4 : 9));
  const std::int64_t thresholds[] = {0, 0, 1, 3, between(random, 0, core.max_state())};
  network.settle_threshold = thresholds[random.below(drive == Drive::extreme ? 5 : 4)];
  network.step_limit = between(random, 1, 60);
  const auto size = static_cast<std::size_t>(n);
  if (core.memories > 0) network.factors = draw_factors(core, n, drive, random);
  else network.weights = words(random, size * size, weight_limit(core, n, drive), drive == Drive::extreme);
  network.biases = draw_biases(network, drive, random);
  const bool jagged = drive == Drive::extreme || (drive == Drive::lively && one_in(random, 2));
  for (int t = 0; t < core.tables; ++t) {
    network.tables.push_back(jagged ? jagged_table(core, random) : smooth_table(core, random));
  }
  draw_features(network, random);
  return network;
}

std::vector<std::int32_t> draw_state(const FixedNetwork& network, Drive drive, Random& random) {
  const auto size = static_cast<std::size_t>(network.neurons);
  if (drive == Drive::extreme) return words(random, size, network.core.max_state(), true);
  return words(random, size, network.core.max_state() / 2, false);
}

std::vector<std::uint8_t> draw_clamps(const FixedNetwork& network, Random& random) {
  std::vector<std::uint8_t> masks(static_cast<std::size_t>(network.neurons));
  for (auto& mask : masks) {
    for (int p = 0; p < network.core.phases; ++p) mask = static_cast<std::uint8_t>(mask | (one_in(random, 4) ? 1 << p : 0));
  }
  return masks;
}

std::vector<std::int32_t> draw_biases(const FixedNetwork& network, Drive drive, Random& random) {
  return words(random, static_cast<std::size_t>(network.neurons), bias_limit(network.core, drive),
               drive == Drive::extreme);
}

}  // namespace basin::cosim
