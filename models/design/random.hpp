#pragma once

#include <cstdint>
#include <vector>

#include "models/design/types.hpp"

namespace basin {

/// Which use a random number serves: the first word of the Philox counter, so that no two uses share a draw.
enum class Stream : std::uint32_t {
  cue_flips = 1,
  amplification = 2,
  bias_probe = 3,
  reset_probe = 4,
  capacity_patterns = 20,
  capacity_flips = 21,
  bootstrap = 22,
  unlearning = 30,
  topology = 31,
  cue_occlusion = 32,
  integer_learning = 33,
  made_resistors = 40,
  made_capacitors = 41,
  made_offsets = 42,
  made_faults = 43,
  atlas_starts = 50,
  atlas_planes = 51,
  thermal_noise = 60,
  test = 100
};

/// Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011) with key = seed and counter = (stream, cue, draw).
/// The same (seed, stream, cue) gives the same sequence on every machine, thread and rank.
class Random {
 public:
  Random(std::uint64_t seed, Stream stream, std::uint32_t cue);
  /// Next 32 uniform bits.
  std::uint32_t bits();
  /// Uniform integer in [0, bound), by rejection; bound ≥ 1.
  std::uint32_t below(std::uint32_t bound);
  /// Uniform in [0, 1) with 53 bits.
  double uniform();
  /// +1 or −1.
  double sign() { return (bits() & 1U) != 0 ? 1.0 : -1.0; }
  /// Standard normal, by Box–Muller on two uniforms.
  double normal();

 private:
  std::uint64_t seed_;
  std::uint32_t stream_;
  std::uint32_t cue_;
  std::uint64_t draw_ = 0;
  std::uint32_t block_[4] = {};
};

/// `count` different ones of 0 … size − 1 in a random order: the start of a Fisher–Yates shuffle. count ≤ size < 2^32.
std::vector<Index> chosen(Index size, Index count, Random& random);

}  // namespace basin
