#pragma once

#include <cstddef>

// One copy a vector width, chosen when the program starts. Together with -ffp-contract=off on the file (no fused
// multiply-add but std::fma, which is exact and slow where the machine has none; sign_factor.cpp may fuse, for its products are
// exact) and sums in an order that the code spells out, all copies give the same bits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define BASIN_VECTOR_WIDTHS __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#else
#define BASIN_VECTOR_WIDTHS
#endif
#define BASIN_INLINE inline __attribute__((always_inline))

namespace basin {

/// 64 bytes of numbers, added and multiplied lane by lane: what every kernel works in, whatever registers there are.
template <class Real>
struct Lanes {
  typedef Real type __attribute__((vector_size(64), aligned(64)));
  static constexpr std::size_t count = 64 / sizeof(Real);
};

/// The next multiple of a block's lanes: how far every padded vector reaches.
template <class Real>
constexpr std::size_t padded_size(std::size_t count) {
  constexpr std::size_t lanes = Lanes<Real>::count;
  return (count + lanes - 1) / lanes * lanes;
}

}  // namespace basin
