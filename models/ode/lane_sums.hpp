#pragma once

#include "models/ode/simd.hpp"

namespace basin {

/// Lane c of the result: the sum of the lanes of sums[c], taken pairwise; 8 vectors of double.
template <class Real>
BASIN_INLINE typename Lanes<Real>::type lane_sums(const typename Lanes<Real>::type* sums);

template <>
BASIN_INLINE Lanes<double>::type lane_sums<double>(const Lanes<double>::type* s) {
  using Lane = Lanes<double>::type;
  Lane pairs[4];
  for (int k = 0; k < 4; ++k) {
    const Lane a = s[2 * k], b = s[2 * k + 1];
    pairs[k] = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14) +
               __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
  }
  Lane fours[2];
  for (int k = 0; k < 2; ++k) {
    const Lane a = pairs[2 * k], b = pairs[2 * k + 1];
    fours[k] = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13) +
               __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
  }
  return __builtin_shufflevector(fours[0], fours[1], 0, 1, 2, 3, 8, 9, 10, 11) +
         __builtin_shufflevector(fours[0], fours[1], 4, 5, 6, 7, 12, 13, 14, 15);
}

/// The same for 16 vectors of float.
template <>
BASIN_INLINE Lanes<float>::type lane_sums<float>(const Lanes<float>::type* s) {
  using Lane = Lanes<float>::type;
  Lane pairs[8];
  for (int k = 0; k < 8; ++k) {
    const Lane a = s[2 * k], b = s[2 * k + 1];
    pairs[k] = __builtin_shufflevector(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30) +
               __builtin_shufflevector(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
  }
  Lane fours[4];
  for (int k = 0; k < 4; ++k) {
    const Lane a = pairs[2 * k], b = pairs[2 * k + 1];
    fours[k] = __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
               __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  }
  Lane eights[2];
  for (int k = 0; k < 2; ++k) {
    const Lane a = fours[2 * k], b = fours[2 * k + 1];
    eights[k] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27) +
                __builtin_shufflevector(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
  }
  return __builtin_shufflevector(eights[0], eights[1], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
         __builtin_shufflevector(eights[0], eights[1], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
}

}  // namespace basin
