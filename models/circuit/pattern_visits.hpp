#pragma once

#include <vector>

#include "models/design/types.hpp"

namespace basin {

/// A pattern whose signs a state took, and when (s when physical, τ when normalised).
struct PatternVisit {
  Index pattern = 0;
  double t = 0.0;
};

/// The row of `patterns` (M × N, ±1) whose signs the first N of `values` have, none of them 0; −1 when there is none.
template <typename Values>
Index pattern_of_signs(const Matrix& patterns, const Values& values) {
  for (Index m = 0; m < patterns.rows(); ++m) {
    Index i = 0;
    while (i < patterns.cols() && patterns(m, i) * static_cast<double>(values[i]) > 0.0) ++i;
    if (i == patterns.cols()) return m;
  }
  return -1;
}

/// Whether pattern `m` (−1: none) that shows now is a visit: it counts once as long as no other comes between.
inline bool is_new_visit(const std::vector<PatternVisit>& visits, Index m) {
  return m >= 0 && (visits.empty() || visits.back().pattern != m);
}

}  // namespace basin
