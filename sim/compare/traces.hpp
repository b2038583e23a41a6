#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace basin {

/// Arrays of results.h5, row-major. Samples are network steps thinned to an even stride; after a cue has settled its last
/// value holds.
struct Traces {
  std::size_t cues = 0;      // C
  std::size_t samples = 0;   // S
  std::size_t neurons = 0;   // N
  std::size_t steps = 0;     // K: states a cue in u_raw, the loaded one included
  std::string time_unit;     // "s" or "tau"
  std::string state_unit;    // "V" or "1"
  std::vector<double> t;         // [S]
  std::vector<double> u;         // [C,S,N], reference
  std::vector<double> v;         // [C,S,N]
  std::vector<double> energy;    // [C,S]
  std::vector<double> weights;   // [N,N]
  /// u_raw [C,K,N] of every engine; engines that agree bit for bit share one array. Empty when it would be too large.
  std::vector<std::pair<std::string, std::shared_ptr<const std::vector<std::int32_t>>>> u_raw;
};

}  // namespace basin
