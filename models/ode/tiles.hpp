#pragma once

#include <cstddef>

#include "models/ode/lane_sums.hpp"
#include "models/ode/simd.hpp"

namespace basin {

/// A block of a factor X: `width` patterns by `width` neurons of numbers. times(c, lane): the products of pattern c's
/// entries, asked for in order of c.
template <class Real>
struct RealBlocks {
  static constexpr std::size_t width = Lanes<Real>::count;
  using Lane = typename Lanes<Real>::type;
  const Real* values;    // [pattern block][neuron block][pattern][neuron]
  std::size_t neurons;

  struct Block {
    const Real* values;
    BASIN_INLINE Lane times(std::size_t c, Lane lane) const { return reinterpret_cast<const Lane*>(values)[c] * lane; }
  };
  BASIN_INLINE Block at(std::size_t m, std::size_t i) const { return {values + m * neurons + i * width}; }
};

/// The same for entries ±1: a word a neuron holds the signs of as many patterns as it has bits, the first in its highest.
/// Shifting the word brings the next pattern's to where the number has its own.
template <class Real>
struct SignBlocks {
  static constexpr std::size_t width = Lanes<Real>::count;
  using Lane = typename Lanes<Real>::type;
  using Bits = typename BitsOf<Real>::type;
  typedef Bits Words __attribute__((vector_size(64), aligned(64)));
  static constexpr std::size_t patterns_a_word = 8 * sizeof(Bits);
  const Bits* words;  // [group of patterns_a_word patterns][neuron]
  std::size_t neurons;

  struct Block {
    Words words;
    BASIN_INLINE Lane times(std::size_t, Lane lane) {
      constexpr Bits sign = Bits{1} << (patterns_a_word - 1);
      const Lane product = reinterpret_cast<Lane>(reinterpret_cast<Words>(lane) ^ (words & sign));
      words += words;
      return product;
    }
  };
  BASIN_INLINE Block at(std::size_t m, std::size_t i) const {
    const Bits* group = words + m / patterns_a_word * neurons;
    return {*reinterpret_cast<const Words*>(group + i) << static_cast<int>(m % patterns_a_word)};
  }
};

/// y (a number a pattern) = X v; sizes padded.
template <class Real, class Blocks>
BASIN_INLINE void project_blocks(const Blocks& x, std::size_t patterns, const Real* __restrict v, Real* __restrict y) {
  using Lane = typename Lanes<Real>::type;
  constexpr std::size_t width = Lanes<Real>::count;
  for (std::size_t m = 0; m < patterns; m += width) {
    Lane sums[width] = {};
    for (std::size_t i = 0; i < x.neurons; i += width) {
      const Lane lane = *reinterpret_cast<const Lane*>(v + i);
      auto block = x.at(m, i);
      for (std::size_t c = 0; c < width; ++c) sums[c] += block.times(c, lane);
    }
    *reinterpret_cast<Lane*>(y + m) = lane_sums<Real>(sums);
  }
}

/// out += Xᵀ z.
template <class Real, class Blocks>
BASIN_INLINE void expand_blocks(const Blocks& x, std::size_t patterns, const Real* __restrict z, Real* __restrict out) {
  using Lane = typename Lanes<Real>::type;
  constexpr std::size_t width = Lanes<Real>::count;
  for (std::size_t m = 0; m < patterns; m += width) {
    Lane factors[width];
    for (std::size_t c = 0; c < width; ++c) factors[c] = Lane{} + z[m + c];
    for (std::size_t i = 0; i < x.neurons; i += width) {
      Lane sums[2] = {*reinterpret_cast<const Lane*>(out + i), Lane{}};  // two: half the wait for additions
      auto block = x.at(m, i);
      for (std::size_t c = 0; c < width; ++c) sums[c % 2] += block.times(c, factors[c]);
      *reinterpret_cast<Lane*>(out + i) = sums[0] + sums[1];
    }
  }
}

}  // namespace basin
