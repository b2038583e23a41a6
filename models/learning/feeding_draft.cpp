#include <algorithm>
#include <cmath>

#include "models/design/weight_bits.hpp"
#include "models/learning/draft.hpp"

namespace basin {
namespace {

constexpr double kept = 0.7;         // of the margin, after the amplifier's curvature and rounding
constexpr int most_exponent = 15;    // of a gain word

/// The neurons with self-weights, in order.
std::vector<Index> fed_neurons(const Matrix& weights) {
  std::vector<Index> fed;
  for (Index i = 0; i < weights.rows(); ++i) {
    if (weights(i, i) > 0.0) fed.push_back(i);
  }
  return fed;
}

/// The slope p of the line through 0 that leaves g(x) − p x equally far from 0 inside [0, reach] and at its end: what of
/// the amplifier is linear there.
double fitted_slope(const Activation& activation, double reach) {
  constexpr int steps = 30, samples = 64;
  double low = activation.value(reach) / reach, high = 1.0;
  for (int step = 0; step < steps; ++step) {
    const double slope = 0.5 * (low + high);
    double above = 0.0;
    for (int k = 1; k < samples; ++k) {
      const double x = reach * k / samples;
      above = std::max(above, activation.value(x) - slope * x);
    }
    (above > slope * reach - activation.value(reach) ? low : high) = slope;
  }
  return 0.5 * (low + high);
}

/// One hidden unit: what it takes its neurons' outputs times, and gives them back times.
struct Feeder {
  std::vector<Index> fed;
  Vector strength;       // c, real, one a fed neuron
  double slope = 1.0;    // p
};

/// c with p q c_i² = W_ii, where g's argument is q Σ c_i V_i.
Feeder make_feeder(const Matrix& weights, std::vector<Index> fed, double q, const Activation& activation) {
  constexpr int rounds = 12;
  Vector roots(static_cast<Index>(fed.size()));
  for (std::size_t k = 0; k < fed.size(); ++k) roots[static_cast<Index>(k)] = std::sqrt(weights(fed[k], fed[k]));
  double slope = 1.0;
  for (int round = 0; round < rounds; ++round) slope = fitted_slope(activation, std::sqrt(q / slope) * roots.sum());
  return {std::move(fed), roots / std::sqrt(slope * q), slope};
}

/// Writes the feeders into whole numbers of `unit`. `step` of a strength: what a hidden unit's smaller resistance divides.
Draft written(const Matrix& patterns, const Matrix& weights, const Vector& bias, const std::vector<Feeder>& feeders,
              double unit, double q, double step, const Activation& activation) {
  const Index neurons = patterns.cols(), hidden = static_cast<Index>(feeders.size()), all = neurons + hidden;
  Matrix inner = weights / unit;
  inner.diagonal().setZero();
  Draft draft;
  draft.weights = Matrix::Zero(all, all);
  draft.bias = Vector::Zero(all);
  draft.bias.head(neurons) = (bias / unit).array().round();
  draft.states.resize(patterns.rows(), all);
  draft.states.leftCols(neurons) = patterns;
  for (Index h = 0; h < hidden; ++h) {
    const Feeder& feeder = feeders[static_cast<std::size_t>(h)];
    const Vector strength = ((feeder.strength / (unit * step)).array().round() * step).matrix();
    for (Index a = 0; a < strength.size(); ++a) {
      const Index i = feeder.fed[static_cast<std::size_t>(a)];
      draft.weights(i, neurons + h) = strength[a];
      draft.weights(neurons + h, i) = strength[a] / step;
      for (Index b = 0; b < strength.size(); ++b) {
        if (b != a) inner(i, feeder.fed[static_cast<std::size_t>(b)]) -= feeder.slope * q * unit * strength[a] * strength[b];
      }
    }
    for (Index m = 0; m < patterns.rows(); ++m) {
      const double sum = patterns(m, feeder.fed) * strength;
      draft.states(m, neurons + h) = activation.value(q * unit * sum);
    }
  }
  draft.weights.topLeftCorner(neurons, neurons) = inner.array().round();
  set_margins(draft, patterns);
  return draft;
}

std::vector<Feeder> make_feeders(const Matrix& weights, Index groups, double q, const Activation& activation) {
  const std::vector<Index> fed = fed_neurons(weights);
  std::vector<Feeder> feeders;
  for (Index g = 0; g < groups; ++g) {
    std::vector<Index> own;   // every `groups`-th neuron
    for (std::size_t k = static_cast<std::size_t>(g); k < fed.size(); k += static_cast<std::size_t>(groups)) own.push_back(fed[k]);
    if (!own.empty()) feeders.push_back(make_feeder(weights, std::move(own), q, activation));
  }
  return feeders;
}

double largest_made(const Matrix& weights, const std::vector<Feeder>& feeders, double q) {
  double largest = 0.0;
  for (const Feeder& feeder : feeders) {
    const double strongest = feeder.strength.maxCoeff();
    largest = std::max({largest, strongest, feeder.slope * q * strongest * strongest});
  }
  return largest + weights.cwiseAbs().maxCoeff();
}

}  // namespace

std::optional<Draft> feeding_draft(const Matrix& patterns, const Matrix& weights, const Vector& bias, Index groups,
                                   double steepness, double gain_ratio, const Activation& activation, int fewest, int most) {
  const double size = static_cast<double>((static_cast<Index>(fed_neurons(weights).size()) + groups - 1) / groups);
  const int divisions = static_cast<int>(std::floor(std::log2(size)));   // the hidden unit's row sum is about its neurons'
  std::vector<std::vector<Feeder>> choices;
  for (int exponent = 0; exponent <= most_exponent + divisions; ++exponent) {
    choices.push_back(make_feeders(weights, groups, std::ldexp(steepness * gain_ratio, -exponent), activation));
  }
  for (int bits = fewest; bits <= most; ++bits) {
    for (int exponent = 0; exponent < static_cast<int>(choices.size()); ++exponent) {
      const std::vector<Feeder>& feeders = choices[static_cast<std::size_t>(exponent)];
      const double q = std::ldexp(steepness * gain_ratio, -exponent);
      const int by_resistance = std::min(divisions, exponent);
      const double step = std::ldexp(1.0, by_resistance);
      const double unit = largest_made(weights, feeders, q) / largest_weight(bits);
      Draft draft = written(patterns, weights, bias, feeders, unit, q, step, activation);
      if (draft.margin() * unit < kept || draft.weights.cwiseAbs().maxCoeff() > largest_weight(bits)) continue;
      draft.bits = bits;
      draft.unit = unit;
      draft.resistance = Vector::Constant(draft.weights.rows() - patterns.cols(), 1.0 / step);
      draft.gain = Vector::Ones(draft.weights.rows());
      draft.gain.tail(draft.hidden()).setConstant(std::ldexp(1.0, by_resistance - exponent));
      return draft;
    }
  }
  return std::nullopt;
}

}  // namespace basin
