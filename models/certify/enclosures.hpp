#pragma once

#include <vector>

#include "models/certify/interval.hpp"
#include "models/circuit/circuit.hpp"

namespace basin {

/// g(z) for all z of an interval (docs/math.md, Activations). Not of hard (std::invalid_argument).
Interval enclosed_value(const Activation& activation, const Interval& z);
/// dg/dz for all z of an interval; where g has a corner both one-sided slopes are held, so that the mean value theorem,
/// g(z) − g(y) = s(z − y) with an s inside, stays true. Not of hard.
Interval enclosed_slope(const Activation& activation, const Interval& z);
/// An upper bound of |d²g/dz²| over an interval: +∞ where g has a corner inside. Not of hard.
double curvature_bound(const Activation& activation, const Interval& z);

/// What the neurons of a circuit may put out when their states are known to lie in intervals: V = g(λ u) of every neuron, in
/// core coordinates (`to_core`), where V is in (−1, 1) and there are no thresholds.
class NeuronEnclosures {
 public:
  /// `core` is in core coordinates and must outlive this. Throws ClaimError for hard units: V jumps, and nothing that rests
  /// on a slope can be proved.
  explicit NeuronEnclosures(const Circuit& core);

  /// V_i, dV_i/du_i, and an upper bound of |d²V_i/du_i²|, for all u_i in `u`.
  [[nodiscard]] Interval output(Index i, const Interval& u) const;
  [[nodiscard]] Interval slope(Index i, const Interval& u) const;
  [[nodiscard]] double curvature(Index i, const Interval& u) const;
  /// The same of all neurons.
  [[nodiscard]] std::vector<Interval> outputs(const std::vector<Interval>& u) const;
  [[nodiscard]] std::vector<Interval> slopes(const std::vector<Interval>& u) const;

 private:
  [[nodiscard]] Interval argument(Index i, const Interval& u) const { return Interval(core_.gain[i]) * u; }

  const Circuit& core_;
};

}  // namespace basin
