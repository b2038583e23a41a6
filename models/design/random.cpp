#include "models/design/random.hpp"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace basin {

// Counter words: stream, cue, low and high half of the block number. Key words: low and high half of the seed. Draw d
// is word d mod 4 of block d / 4.

namespace {

std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value & 0xffff'ffffU); }
std::uint32_t high(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }

}  // namespace

Random::Random(std::uint64_t seed, Stream stream, std::uint32_t cue)
    : seed_(seed), stream_(static_cast<std::uint32_t>(stream)), cue_(cue) {}

std::uint32_t Random::bits() {
  const auto word = static_cast<std::size_t>(draw_ % 4);
  if (word == 0) {
    const std::uint64_t block = draw_ / 4;
    const r123::Philox4x32::ctr_type counter = {{stream_, cue_, low(block), high(block)}};
    const r123::Philox4x32::key_type key = {{low(seed_), high(seed_)}};
    const auto words = r123::Philox4x32{}(counter, key);
    for (std::size_t i = 0; i < 4; ++i) block_[i] = words[i];
  }
  ++draw_;
  return block_[word];
}

std::uint32_t Random::below(std::uint32_t bound) {
  const std::uint32_t rejected = (0U - bound) % bound;  // 2^32 mod bound
  std::uint32_t draw = bits();
  while (draw < rejected) draw = bits();
  return draw % bound;
}

double Random::uniform() {
  const std::uint64_t upper = bits() >> 5;
  const std::uint64_t lower = bits() >> 6;
  return static_cast<double>(upper << 26 | lower) * 0x1p-53;
}

double Random::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::vector<Index> chosen(Index size, Index count, Random& random) {
  std::vector<Index> order(static_cast<std::size_t>(size));
  std::iota(order.begin(), order.end(), Index{0});
  for (Index k = 0; k < count; ++k) {
    const Index other = k + random.below(static_cast<std::uint32_t>(size - k));
    std::swap(order[static_cast<std::size_t>(k)], order[static_cast<std::size_t>(other)]);
  }
  order.resize(static_cast<std::size_t>(count));
  return order;
}

}  // namespace basin
