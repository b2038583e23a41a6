#pragma once

#include <string>

#include "models/design/design.hpp"
#include "models/design/random.hpp"
#include "tests/support/case_files.hpp"

namespace basin::test {

/// `patterns` under `rule`, named by their numbers.
inline MemorySpec memory(Rule rule, const Matrix& patterns, Diagonal diagonal = Diagonal::zero) {
  MemorySpec spec;
  spec.rule = rule;
  spec.patterns = patterns;
  spec.diagonal = diagonal;
  for (Index m = 0; m < patterns.rows(); ++m) spec.names.push_back(std::to_string(m));
  return spec;
}

/// count × size entries ±1, +1 with probability `activity`; seed 41.
inline Matrix random_patterns(std::uint32_t stream, Index count, Index size, double activity = 0.5) {
  Random random(41, Stream::test, stream);
  Matrix patterns(count, size);
  for (Index k = 0; k < patterns.size(); ++k) {
    patterns.data()[k] = activity == 0.5 ? random.sign() : random.uniform() < activity ? 1.0 : -1.0;
  }
  return patterns;
}

inline Matrix patterns_of(const std::string& set) { return read_csv(data() / "am" / set / "patterns.csv"); }

}  // namespace basin::test
