#pragma once

#include <cstddef>

#include "models/ode/lane_sums.hpp"
#include "models/ode/simd.hpp"

namespace basin {

/// y (a number a pattern) = X v for a factor X of any numbers, in blocks of lanes by lanes: [pattern block][neuron block]
/// [pattern][neuron]. Sizes padded.
template <class Real>
BASIN_INLINE void project_numbers(const Real* __restrict x, std::size_t patterns, std::size_t neurons,
                                  const Real* __restrict v, Real* __restrict y) {
  using Lane = typename Lanes<Real>::type;
  constexpr std::size_t width = Lanes<Real>::count;
  for (std::size_t m = 0; m < patterns; m += width) {
    Lane sums[width] = {};
    for (std::size_t i = 0; i < neurons; i += width, x += width * width) {
      const Lane lane = *reinterpret_cast<const Lane*>(v + i);
      for (std::size_t c = 0; c < width; ++c) sums[c] += reinterpret_cast<const Lane*>(x)[c] * lane;
    }
    *reinterpret_cast<Lane*>(y + m) = lane_sums<Real>(sums);
  }
}

/// out += Xᵀ z.
template <class Real>
BASIN_INLINE void expand_numbers(const Real* __restrict x, std::size_t patterns, std::size_t neurons,
                                 const Real* __restrict z, Real* __restrict out) {
  using Lane = typename Lanes<Real>::type;
  constexpr std::size_t width = Lanes<Real>::count;
  for (std::size_t m = 0; m < patterns; m += width) {
    for (std::size_t i = 0; i < neurons; i += width, x += width * width) {
      Lane sums[2] = {*reinterpret_cast<const Lane*>(out + i), Lane{}};  // two: half the wait for additions
      for (std::size_t c = 0; c < width; ++c) sums[c % 2] += reinterpret_cast<const Lane*>(x)[c] * z[m + c];
      *reinterpret_cast<Lane*>(out + i) = sums[0] + sums[1];
    }
  }
}

}  // namespace basin
