#include "models/learning/draft.hpp"

#include <algorithm>
#include <cmath>

#include "models/design/weight_bits.hpp"

namespace basin {

void set_margins(Draft& draft, const Matrix& patterns) {
  constexpr double output_error = 1e-12;   // of tanh and of its argument, a hundredfold
  const Index visible = patterns.cols();
  const Matrix fields =
      (draft.states * draft.weights.topRows(visible).transpose()).rowwise() + draft.bias.head(visible).transpose();
  const bool whole = (draft.states.cwiseAbs().array() == 1.0).all();
  const double lost = whole ? 0.0 : output_error * draft.weights.cwiseAbs().rowwise().sum().maxCoeff();
  draft.margins.resize(patterns.rows());
  draft.weakest.assign(static_cast<std::size_t>(patterns.rows()), 0);
  for (Index m = 0; m < patterns.rows(); ++m) {
    Index weakest = 0;
    draft.margins[m] = fields.row(m).cwiseProduct(patterns.row(m)).minCoeff(&weakest) - lost;
    draft.weakest[static_cast<std::size_t>(m)] = static_cast<int>(weakest);
  }
}

std::optional<Draft> visible_draft(const Matrix& patterns, const Matrix& weights, const Vector& bias, int fewest, int most) {
  constexpr double kept = 0.9;
  const double largest = weights.size() > 0 ? weights.cwiseAbs().maxCoeff() : 0.0;
  for (int bits = fewest; bits <= most; ++bits) {
    const double unit = (largest > 0.0 ? largest : std::max(1.0, bias.cwiseAbs().maxCoeff())) / largest_weight(bits);
    Draft draft;
    draft.weights = (weights / unit).array().round();
    draft.bias = (bias / unit).array().round();
    draft.gain = Vector::Ones(bias.size());
    draft.states = patterns;
    draft.bits = bits;
    draft.unit = unit;
    set_margins(draft, patterns);
    if (draft.margin() * unit >= kept || (bits == most && draft.margin() > 0.0)) return draft;
  }
  return std::nullopt;
}

double memory_steepness(Index neurons, Index memories) {
  const auto largest = static_cast<double>(std::max(neurons, memories));
  double steepness = 1.0;
  while (2.0 * steepness - 0.5 < std::log(8.0 * steepness * largest)) steepness += 1.0 / 64.0;
  return steepness;
}

/// In units of a/2: the (0, 1) units of the construction as ±1 units (docs/math.md).
Draft memory_draft(const Matrix& patterns) {
  const Index neurons = patterns.cols(), memories = patterns.rows(), all = neurons + memories;
  Index least = neurons;
  for (Index a = 0; a < memories; ++a) {
    for (Index b = 0; b < a; ++b) least = std::min(least, (patterns.row(a).array() != patterns.row(b).array()).count());
  }
  const Index corrected = memories > 1 ? (least - 1) / 2 : (neurons - 1) / 2;
  Draft draft;
  draft.weights = Matrix::Zero(all, all);
  draft.weights.topRightCorner(neurons, memories) = patterns.transpose();
  draft.weights.bottomLeftCorner(memories, neurons) = patterns;
  draft.bias.resize(all);
  draft.bias << patterns.colwise().sum().transpose(),
      Vector::Constant(memories, -static_cast<double>(neurons - 2 * corrected - 1));
  draft.gain.resize(all);
  draft.gain << Vector::Ones(neurons), Vector::Constant(memories, 2.0);
  draft.resistance = Vector::Ones(memories);
  draft.states.resize(memories, all);
  draft.states << patterns, 2.0 * Matrix::Identity(memories, memories) - Matrix::Ones(memories, memories);
  draft.bits = 2;
  draft.unit = 0.5;
  set_margins(draft, patterns);
  return draft;
}

}  // namespace basin
