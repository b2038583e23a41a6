#include "models/circuit/attracting_box.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace basin {
namespace {

constexpr double output_slack = 1e-14;   // more than the error of any activation's value

/// Twice the bound on what rounding moves a drive of n neurons by, over Σ|W| + |b|: a sum of n products and a bias, in any
/// order, is off by at most γ_{n+1} = (n + 1)u/(1 − (n + 1)u), u = 2^-53 (Higham 2002, §3.1); the mid-points, the ends of the
/// interval, Σ|W| itself and the product with the gain take 7 u more.
double drive_rounding(Index n) { return static_cast<double>(n + 8) * std::numeric_limits<double>::epsilon(); }

}  // namespace

AttractingBoxes::AttractingBoxes(const Circuit& circuit)
    : circuit_(circuit),
      sizes_(circuit.weights.cwiseAbs()),
      rounding_(drive_rounding(circuit.size())) {
  if (circuit.is_dense()) slack_ = rounding_ * (sizes_.rowwise().sum() + circuit.bias.cwiseAbs());
}

/// What the drive Σ W V + b may be over a box of outputs.
AttractingBoxes::Box AttractingBoxes::drives(const Box& box) const {
  const Vector centre = circuit_.weights * (0.5 * (box.low + box.high)) + circuit_.bias;
  const Vector radius = sizes_ * (0.5 * (box.high - box.low)) + slack_;
  return {centre - radius, centre + radius};
}

/// The outputs that such drives settle to.
AttractingBoxes::Box AttractingBoxes::outputs(const Box& drive) const {
  Box box = drive;
  for (Index i = 0; i < box.low.size(); ++i) {
    box.low[i] = std::max(-1.0, circuit_.activation.of(i).value(circuit_.gain[i] * drive.low[i]) - output_slack);
    box.high[i] = std::min(1.0, circuit_.activation.of(i).value(circuit_.gain[i] * drive.high[i]) + output_slack);
  }
  return box;
}

/// Whether |W| times the largest slopes over the drives has powers that fade: then the flow contracts, in a weighted
/// maximum norm, whatever the time constants. Slopes fall away from 0, but for a table's.
bool AttractingBoxes::contracts(const Box& drive) const {
  constexpr int most_powers = 100;
  constexpr double faded = 0.99;
  Vector slopes(drive.low.size());
  for (Index i = 0; i < slopes.size(); ++i) {
    const double nearest = std::max({0.0, drive.low[i], -drive.high[i]});
    slopes[i] = circuit_.gain[i] * circuit_.activation.of(i).slope(circuit_.gain[i] * nearest) * (1.0 + rounding_);
  }
  Vector power = Vector::Ones(slopes.size());
  for (int k = 0; k < most_powers; ++k) {
    power = (sizes_ * slopes.cwiseProduct(power)).eval();
    if (power.maxCoeff() < faded) return true;
  }
  return false;
}

/// Nothing leaves `box` where its outputs settle inside; ±1 itself is never reached.
bool AttractingBoxes::inside(const Box& settled, const Box& box) {
  for (Index i = 0; i < box.low.size(); ++i) {
    if (box.low[i] > -1.0 && !(settled.low[i] > box.low[i])) return false;
    if (box.high[i] < 1.0 && !(settled.high[i] < box.high[i])) return false;
  }
  return true;
}

AttractingBoxes::Box AttractingBoxes::first_box(const Vector& signs, double a) const {
  constexpr double room = 1e-9;
  Box box{Vector::Zero(circuit_.size()), Vector::Zero(circuit_.size())};
  for (Index i = 0; i < circuit_.visible(); ++i) {
    box.low[i] = signs[i] > 0.0 ? a : -1.0;
    box.high[i] = signs[i] > 0.0 ? 1.0 : -a;
  }
  const Box made = outputs(drives(box));
  for (Index i = circuit_.visible(); i < circuit_.size(); ++i) {
    box.low[i] = std::max(-1.0, made.low[i] - room);
    box.high[i] = std::min(1.0, made.high[i] + room);
  }
  return box;
}

bool AttractingBoxes::attracts(Box box) const {
  constexpr int most_rounds = 400;
  constexpr double point = 1e-8;
  if (!inside(outputs(drives(box)), box)) return false;
  for (int round = 0; round < most_rounds; ++round) {
    const Box drive = drives(box);
    if ((box.high - box.low).maxCoeff() < point) return contracts(drive);
    box = outputs(drive);
  }
  return false;
}

std::optional<double> AttractingBoxes::around(const Vector& signs) const {
  constexpr std::array ladder{0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999};
  if (!circuit_.is_dense() || !circuit_.activation.fall_off()) return std::nullopt;
  for (const double a : ladder) {
    if (attracts(first_box(signs, a))) return a;
  }
  return std::nullopt;
}

}  // namespace basin
