#pragma once

#include <optional>
#include <vector>

#include "models/ode/path.hpp"

namespace basin {

/// Recognises a limit cycle. A section is laid through the present state, normal to the flow, and laid anew whenever the time
/// has doubled, so that transients are left behind. A cycle is the same when, `agreeing` times in a row, the trajectory comes
/// back through the section at the same state and after the same time, both to within the integration's own accuracy. A
/// decaying spiral returns on time but never to the same state. Where the path remembers, its derivative, which tells of the
/// past, must return too.
class CycleDetector {
 public:
  /// `tau` is the largest time constant, `rtol` the integration's tolerance, `scale` the size of a state (B).
  CycleDetector(double tau, double rtol, double scale);
  /// Looks at the step that `path` just made.
  void observe(Path& path);
  [[nodiscard]] std::optional<double> period() const { return period_; }

 private:
  void lay_section(const Path& path);
  [[nodiscard]] double height(const State& u) const;
  [[nodiscard]] double crossing(Path& path, double before, double after);
  void returned(double t, bool remembers);
  [[nodiscard]] double difference(const State& a, const State& b) const;

  double next_section_;
  double time_tolerance_;
  double state_tolerance_;
  double smallest_cycle_;
  State origin_, normal_;
  double height_ = 0.0;
  double extent_ = 0.0;      // largest |u − origin| since the section was laid
  double pace_ = 0.0;        // largest |u̇| since then, of a path that remembers
  std::vector<double> times_;
  State last_, last_flow_, here_, flow_;
  int agreements_ = 0;
  std::optional<double> period_;
};

}  // namespace basin
