#include "models/learning/weight_space.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

Index WeightSpace::inputs(Index i) const {
  return is_free() ? neurons - 1 : (low.row(i).array() < high.row(i).array()).count();
}

Index WeightSpace::most_inputs() const {
  Index most = 0;
  for (Index i = 0; i < neurons; ++i) most = std::max(most, inputs(i));
  return most;
}

void WeightSpace::add(Index i, double scale, const Vector& pattern, double limit, Matrix& sums, Matrix& weights) const {
  sums.row(i) += scale * pattern.transpose();
  sums(i, i) = 0.0;
  if (symmetric) sums.col(i) = sums.row(i).transpose();
  if (is_free() && limit == no_limit && &sums == &weights) return;
  if (is_free()) {
    weights.row(i) = sums.row(i).cwiseMax(-limit).cwiseMin(limit);
  } else {
    weights.row(i) = sums.row(i).cwiseMax(limit * low.row(i)).cwiseMin(limit * high.row(i));
  }
  if (symmetric) weights.col(i) = weights.row(i).transpose();
}

WeightSpace weight_space(const MemorySpec& memory) {
  WeightSpace space;
  space.neurons = memory.patterns.cols();
  space.symmetric = memory.symmetric;
  if (memory.mask.size() == 0 && memory.polarity.size() == 0) return space;
  space.high = memory.mask.size() > 0 ? memory.mask : Matrix::Ones(space.neurons, space.neurons);
  space.low = -space.high;
  for (Index j = 0; j < memory.polarity.size(); ++j) {   // column j: what leaves neuron j
    if (memory.polarity[j] > 0.0) space.low.col(j).setZero();
    if (memory.polarity[j] < 0.0) space.high.col(j).setZero();
  }
  if (space.symmetric) {
    space.low = space.low.cwiseMax(space.low.transpose()).eval();
    space.high = space.high.cwiseMin(space.high.transpose()).eval();
  }
  space.low.diagonal().setZero();
  space.high.diagonal().setZero();
  return space;
}

Vector unit_margins(const Matrix& patterns, const WeightSpace& space, const Matrix& weights) {
  constexpr double nothing = 1e-300;   // no division by a norm of zero
  const Vector margins = (patterns * weights.transpose()).cwiseProduct(patterns).colwise().minCoeff().transpose();
  if (space.symmetric) return Vector::Constant(1, margins.minCoeff() / std::max(weights.norm() / std::sqrt(2.0), nothing));
  return margins.cwiseQuotient(weights.rowwise().norm().cwiseMax(nothing));
}

bool is_restricted(const MemorySpec& memory) {
  return memory.mask.size() > 0 || memory.polarity.size() > 0 || memory.weight_bits.has_value();
}

}  // namespace basin
