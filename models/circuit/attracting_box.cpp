#include "models/circuit/attracting_box.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace basin {
namespace {

constexpr double output_slack = 1e-14;   // more than the error of any activation's value
constexpr double sum_slack = 1e-12;      // of Σ|W| + |b|, more than the rounding of a sum of 16,384 products

/// An interval a neuron.
struct Box {
  Vector low, high;
};

class Map {
 public:
  explicit Map(const Circuit& circuit)
      : circuit_(circuit),
        sizes_(circuit.weights.cwiseAbs()),
        slack_(sum_slack * (sizes_.rowwise().sum() + circuit.bias.cwiseAbs())) {}

  /// What the drive Σ W V + b may be over a box of outputs.
  [[nodiscard]] Box drives(const Box& box) const {
    const Vector centre = circuit_.weights * (0.5 * (box.low + box.high)) + circuit_.bias;
    const Vector radius = sizes_ * (0.5 * (box.high - box.low)) + slack_;
    return {centre - radius, centre + radius};
  }
  /// The outputs that such drives settle to.
  [[nodiscard]] Box outputs(const Box& drive) const {
    Box box = drive;
    for (Index i = 0; i < box.low.size(); ++i) {
      box.low[i] = std::max(-1.0, circuit_.activation.of(i).value(circuit_.gain[i] * drive.low[i]) - output_slack);
      box.high[i] = std::min(1.0, circuit_.activation.of(i).value(circuit_.gain[i] * drive.high[i]) + output_slack);
    }
    return box;
  }
  /// Whether |W| times the largest slopes over the drives has powers that fade: then the flow contracts, in a weighted
  /// maximum norm, whatever the time constants.
  [[nodiscard]] bool contracts(const Box& drive) const {
    constexpr int most_powers = 100;
    constexpr double faded = 0.99;
    Vector slopes(drive.low.size());
    for (Index i = 0; i < slopes.size(); ++i) {
      const double nearest = std::max({0.0, drive.low[i], -drive.high[i]});
      slopes[i] = circuit_.gain[i] * circuit_.activation.of(i).slope(circuit_.gain[i] * nearest) * (1.0 + sum_slack);
    }
    Vector power = Vector::Ones(slopes.size());
    for (int k = 0; k < most_powers; ++k) {
      power = (sizes_ * slopes.cwiseProduct(power)).eval();
      if (power.maxCoeff() < faded) return true;
    }
    return false;
  }

 private:
  const Circuit& circuit_;
  Matrix sizes_;
  Vector slack_;
};

/// Nothing leaves `box` where its outputs settle inside; ±1 itself is never reached.
bool inside(const Box& settled, const Box& box) {
  for (Index i = 0; i < box.low.size(); ++i) {
    if (box.low[i] > -1.0 && !(settled.low[i] > box.low[i])) return false;
    if (box.high[i] < 1.0 && !(settled.high[i] < box.high[i])) return false;
  }
  return true;
}

Box first_box(const Map& map, const Circuit& circuit, const Vector& signs, double a) {
  constexpr double room = 1e-9;
  Box box{Vector::Zero(circuit.size()), Vector::Zero(circuit.size())};
  for (Index i = 0; i < circuit.visible(); ++i) {
    box.low[i] = signs[i] > 0.0 ? a : -1.0;
    box.high[i] = signs[i] > 0.0 ? 1.0 : -a;
  }
  const Box made = map.outputs(map.drives(box));
  for (Index i = circuit.visible(); i < circuit.size(); ++i) {
    box.low[i] = std::max(-1.0, made.low[i] - room);
    box.high[i] = std::min(1.0, made.high[i] + room);
  }
  return box;
}

bool attracts(const Map& map, Box box) {
  constexpr int most_rounds = 400;
  constexpr double point = 1e-8;
  if (!inside(map.outputs(map.drives(box)), box)) return false;
  for (int round = 0; round < most_rounds; ++round) {
    const Box drive = map.drives(box);
    if ((box.high - box.low).maxCoeff() < point) return map.contracts(drive);
    box = map.outputs(drive);
  }
  return false;
}

}  // namespace

std::optional<double> attracting_box(const Circuit& circuit, const Vector& signs) {
  constexpr std::array ladder{0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999};
  const Map map(circuit);
  for (const double a : ladder) {
    if (attracts(map, first_box(map, circuit, signs, a))) return a;
  }
  return std::nullopt;
}

}  // namespace basin
