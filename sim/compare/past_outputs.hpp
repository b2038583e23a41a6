#pragma once

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "models/circuit/circuit.hpp"

namespace basin {

/// The last outputs of a network whose outputs are heard late, at even moments, and between two of them on the line from one
/// to the other. Before the first moment they were what they were then.
class PastOutputs {
 public:
  /// `delay`: of each neuron's output, in moments.
  explicit PastOutputs(Vector delay = {})
      : delay_(std::move(delay)), pages_(static_cast<std::size_t>(std::ceil(delay_.size() > 0 ? delay_.maxCoeff() : 0.0)) + 2) {}

  [[nodiscard]] bool empty() const { return delay_.size() == 0; }
  void begin(const Vector& v) {
    if (empty()) return;
    kept_.assign(pages_, v);
    now_ = 0;
  }
  /// The outputs of the next moment.
  void add(const Vector& v) {
    if (empty()) return;
    now_ = (now_ + 1) % pages_;
    kept_[now_] = v;
  }
  /// What is heard `ahead` moments after the last one, 0 to 1: `v`, the outputs then, of those that are not delayed.
  [[nodiscard]] Vector heard(const Vector& v, double ahead) const {
    Vector result = v;
    for (Index j = 0; j < delay_.size(); ++j) {
      if (delay_[j] == 0.0) continue;
      const double ago = delay_[j] - ahead;
      if (ago <= 0.0) {   // between the last moment and now, a share of the way
        result[j] = kept_[now_][j] + (v[j] - kept_[now_][j]) * (-ago / std::max(ahead, 1e-300));
        continue;
      }
      const auto whole = static_cast<std::size_t>(ago);
      const double newer = kept_[(now_ + pages_ - whole) % pages_][j], older = kept_[(now_ + 2 * pages_ - whole - 1) % pages_][j];
      result[j] = newer + (older - newer) * (ago - static_cast<double>(whole));
    }
    return result;
  }

 private:
  Vector delay_;
  std::size_t pages_;
  std::size_t now_ = 0;
  std::vector<Vector> kept_;
};

}  // namespace basin
