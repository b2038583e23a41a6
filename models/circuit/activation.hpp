#pragma once

#include <cstddef>
#include <vector>

#include "models/design/design.hpp"

namespace basin {

/// An activation g(λu) in its bipolar (−1, 1) form and what the equations need of it. All functions take z = λu.
/// Source: Hopfield 1984; the seven shapes of docs/math.md, each with slope 1 at z = 0 (hard: a jump, slope 0 elsewhere).
class Activation {
 public:
  explicit Activation(ActivationKind kind = ActivationKind::tanh);
  /// Piecewise-linear through the rows (z, g) of `points`, z strictly increasing, |g| ≤ 1; constant outside.
  explicit Activation(const Matrix& points);

  /// g(z) = 2 max(0, min(z, 1))^`exponent` − 1: V = z^exponent in the range (0, 1), nothing below. exponent > 0.
  [[nodiscard]] static Activation power(double exponent);
  [[nodiscard]] double exponent() const { return exponent_; }

  [[nodiscard]] ActivationKind kind() const { return kind_; }
  /// g(z).
  [[nodiscard]] double value(double z) const;
  /// dg/dz. At a kink, the right derivative.
  [[nodiscard]] double slope(double z) const;
  /// ∫_0^{g(z)} g^{-1}(s) ds in units of 1/λ, in its overflow-safe form in z (math.md, energy).
  [[nodiscard]] double energy(double z) const;
  /// Largest slope dg/dz (β = λ · max_slope()); +infinity for hard.
  [[nodiscard]] double max_slope() const;
  /// Smallest z > 0 with 1 − g(z) ≤ tolerance, or +infinity when the function never comes that close below 1e6.
  [[nodiscard]] double saturation(double tolerance) const;
  /// Least Z so that g is constant at z ≤ −Z and at z ≥ Z; +infinity where there is none.
  [[nodiscard]] double flat_beyond() const;
  [[nodiscard]] bool is_odd() const;
  /// The rows (z, g) of a table; no rows for the other kinds.
  [[nodiscard]] Matrix points() const;

 private:
  [[nodiscard]] std::size_t segment(double z) const;
  [[nodiscard]] double segment_slope(std::size_t i) const;
  [[nodiscard]] double table_value(double z) const;
  [[nodiscard]] double table_energy(double z) const;
  [[nodiscard]] double table_saturation(double tolerance) const;

  ActivationKind kind_;
  double exponent_ = 1.0;   // of power
  std::vector<double> z_;
  std::vector<double> g_;
};

}  // namespace basin
