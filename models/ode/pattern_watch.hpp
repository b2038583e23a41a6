#pragma once

#include <functional>
#include <vector>

#include "models/circuit/pattern_visits.hpp"
#include "models/ode/path.hpp"

namespace basin {

/// Notes the patterns whose signs a path takes, each from when they appear; nothing without a way to tell them.
class PatternWatch {
 public:
  using PatternAt = std::function<Index(const State&)>;   // row of the patterns, −1 for none

  explicit PatternWatch(PatternAt pattern_at) : pattern_at_(std::move(pattern_at)) {}
  /// Looks at the state that the path starts in.
  void start(const Path& path);
  /// Looks at the step that the path just made: a pattern at its end is found back by bisection on the dense output.
  void observe(const Path& path);
  [[nodiscard]] const std::vector<PatternVisit>& visits() const { return visits_; }

 private:
  PatternAt pattern_at_;
  std::vector<PatternVisit> visits_;
  State scratch_;
};

}  // namespace basin
