#pragma once

#include <array>
#include <cstddef>

#include "models/ode/ensemble_network.hpp"

namespace basin {

/// The memory of one panel and a Runge–Kutta step of all its lanes. Lane l belongs to entry l of the step sizes and
/// norms.
template <class Real>
class Panel {
 public:
  explicit Panel(const PanelNetwork<Real>& network);

  /// A cue in core coordinates into lane l; `bias` is added to b and may be empty. Its next step with error control
  /// must have size 0: it finds the slope at u0.
  void load(std::size_t lane, const Vector& u0, const Vector& bias, const Vector& constant);
  /// The lane to rest at 0.
  void clear(std::size_t lane);
  /// The state after the last step.
  [[nodiscard]] Vector state(std::size_t lane) const;
  /// The state at the fraction `theta` of the last step with error control: dense output of order 4.
  [[nodiscard]] Vector state_within(std::size_t lane, double theta) const;

  /// One classical step of order 4 of sizes h; residual: max|τu̇| at its beginning.
  void fixed_step();
  /// One step of dopri5 of sizes h from the states that `accepted` says; error: relative to the tolerance; residual:
  /// max|τu̇| at its end.
  void controlled_step(Real rtol, Real atol);

  AlignedVector<Real> h, accepted, error, residual;

  static constexpr std::size_t fixed_evaluations = 4;
  static constexpr std::size_t controlled_evaluations = 6;

 private:
  static constexpr std::size_t slopes = 7;
  [[nodiscard]] std::size_t at(std::size_t neuron, std::size_t lane) const { return neuron * lanes_ + lane; }
  PanelStage<Real> stage(const Real* y, std::size_t slope);
  void advance(PanelStage<Real>& stage, Real* next);

  const PanelNetwork<Real>& network_;
  std::size_t lanes_;
  AlignedVector<Real> u_, y_, constant_, outputs_, next_outputs_, hidden_, column_;
  std::array<AlignedVector<Real>, slopes> k_;
  bool end_in_y_ = false;
};

}  // namespace basin
