#pragma once

#include <vector>

#include "models/circuit/circuit.hpp"
#include "sim/reference/phases.hpp"

namespace basin {

/// The way of a recall through its phases: what is held now, and until when. The part after all phases lasts for ever. Times
/// count from the start of the recall.
class HoldWalk {
 public:
  /// `clamp`: V of the neurons that are held in all phases and after, NaN where free; empty when none is. Keeps references.
  HoldWalk(const Circuit& circuit, const HoldPhases& phases, const Vector& clamp)
      : circuit_(circuit), phases_(phases), clamp_(clamp) {}

  /// Enters the first part at state `u` of all neurons.
  void start(const Vector& u);
  /// Enters the part after the present one, at the state `u` that this one ends with.
  void next(const Vector& u);

  [[nodiscard]] bool released() const { return phase_ == phases_.size(); }
  [[nodiscard]] double begin() const { return begin_; }
  /// Of the present part; infinite when released.
  [[nodiscard]] double duration() const;
  /// Whether `t` is not after the present part, whose end belongs to it.
  [[nodiscard]] bool reaches(double t) const;

  /// V of what the present part holds, NaN where it is free.
  [[nodiscard]] const Vector& held() const { return held_; }
  /// Whether any neuron is free.
  [[nodiscard]] bool moves() const { return held_.array().isNaN().any(); }
  /// V of all neurons at state `u` of the present part.
  [[nodiscard]] Vector outputs(const Vector& u) const;

 private:
  void enter(const Vector& u);

  const Circuit& circuit_;
  const HoldPhases& phases_;
  const Vector& clamp_;
  std::size_t phase_ = 0;
  double begin_ = 0.0;
  Vector held_;
};

/// V along a recall, a row for each of `states` (u of all neurons at `times`, ascending). `walk` is of that recall.
Matrix outputs_along(HoldWalk walk, const std::vector<double>& times, const Matrix& states);

}  // namespace basin
