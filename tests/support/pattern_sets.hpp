#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "models/design/random.hpp"
#include "models/design/types.hpp"

namespace basin::test {

/// `count` different patterns of ±1 (as many as there are, when there are fewer), by (seed, stream).
inline Matrix distinct_patterns(std::uint64_t seed, std::uint32_t stream, Index count, Index size) {
  Random random(seed, Stream::test, stream);
  const double all = std::pow(2.0, static_cast<double>(size));
  Matrix patterns(static_cast<Index>(std::min(static_cast<double>(count), all)), size);
  std::set<std::string> seen;
  for (Index m = 0; m < patterns.rows();) {
    std::string signs;
    for (Index i = 0; i < size; ++i) {
      patterns(m, i) = random.sign();
      signs += patterns(m, i) > 0.0 ? '+' : '-';
    }
    if (seen.insert(signs).second) ++m;
  }
  return patterns;
}

/// All 2^size states.
inline Matrix hypercube(Index size) {
  Matrix patterns(Index{1} << size, size);
  for (Index m = 0; m < patterns.rows(); ++m) {
    for (Index i = 0; i < size; ++i) patterns(m, i) = (m >> i & 1) != 0 ? 1.0 : -1.0;
  }
  return patterns;
}

/// The four states of three bits whose product is +1.
inline Matrix even_parity() {
  return (Matrix(4, 3) << 1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1).finished();
}

/// A walk of `count` states, each a Hamming distance of 1 from the one before it, in Gray order over random positions and from
/// a random state.
inline Matrix hamming_chain(std::uint64_t seed, std::uint32_t stream, Index count, Index size) {
  const Matrix start = distinct_patterns(seed, stream, 1, size);
  Matrix patterns(count, size);
  for (Index m = 0; m < count; ++m) {
    const Index gray = m ^ (m >> 1);
    for (Index i = 0; i < size; ++i) patterns(m, i) = start(0, i) * ((gray >> i & 1) != 0 ? -1.0 : 1.0);
  }
  return patterns;
}

}  // namespace basin::test
