#include "sim/compare/cycles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

/// Largest entry of the difference between `x` and the nearest point of the segment from row k of `curve` to the next.
double distance_to_segment(const Vector& x, const Matrix& curve, Index k) {
  const auto from = curve.row(k), to = curve.row((k + 1) % curve.rows());
  double along = 0.0, length = 0.0;
  for (Index i = 0; i < x.size(); ++i) {
    const double d = to[i] - from[i];
    along += (x[i] - from[i]) * d;
    length += d * d;
  }
  const double w = length > 0.0 ? std::clamp(along / length, 0.0, 1.0) : 0.0;
  double largest = 0.0;
  for (Index i = 0; i < x.size(); ++i) largest = std::max(largest, std::abs(x[i] - from[i] - w * (to[i] - from[i])));
  return largest;
}

struct Nearest {
  Index segment = 0;
  double distance = std::numeric_limits<double>::infinity();
};

/// The nearest of `count` segments from `first` on.
Nearest nearest(const Vector& x, const Matrix& curve, Index first, Index count) {
  Nearest found;
  for (Index k = 0; k < count; ++k) {
    const Index segment = (first + k) % curve.rows();
    const double distance = distance_to_segment(x, curve, segment);
    if (distance < found.distance) found = {segment, distance};
  }
  return found;
}

/// Largest distance of a state of `a` from `b`, followed in the order of time: a state's place is looked for a little behind
/// that of the one before, and up to a sixteenth of the round ahead. Infinite when that leads round the other way, or not round.
double one_way(const Matrix& a, const Matrix& b) {
  const Index behind = 2, ahead = 8 + b.rows() / 16;
  const Index window = std::min(b.rows(), behind + ahead);
  Nearest place = nearest(a.row(0), b, 0, b.rows());
  double largest = place.distance;
  Index advanced = 0;
  for (Index k = 1; k < a.rows(); ++k) {
    const Index first = place.segment + b.rows() - std::min(behind, b.rows());
    place = nearest(a.row(k), b, first, window);
    largest = std::max(largest, place.distance);
    advanced += (place.segment + 2 * b.rows() - first) % b.rows() - behind;
  }
  return 2 * advanced < b.rows() ? std::numeric_limits<double>::infinity() : largest;
}

}  // namespace

Cycle Cycle::of_end(const Matrix& samples, double period) {
  const auto rows = std::clamp<Index>(static_cast<Index>(std::llround(period)), 1, samples.rows());
  return {samples.bottomRows(rows), period};
}

Cycle with_past(const Cycle& cycle) {
  const Index rows = cycle.states.rows(), size = cycle.states.cols();
  Cycle joined{Matrix(rows, 2 * size), cycle.period};
  for (Index k = 0; k < rows; ++k) joined.states.row(k) << cycle.states.row(k), cycle.states.row((k + rows - rows / 4) % rows);
  return joined;
}

Vector cycle_scale(const Circuit& circuit, double bound) {
  const Vector rows = absolute_row_sums(circuit) + circuit.bias.cwiseAbs();
  return rows.cwiseMax(0.01 * bound);
}

double cycle_distance(const Cycle& a, const Cycle& b, const Vector& scale) {
  const auto units = scale.cwiseInverse().asDiagonal();
  const Matrix one = a.states * units, other = b.states * units;
  return std::max(one_way(one, other), one_way(other, one));
}

bool same_cycle(const Cycle& a, const Cycle& b, const Vector& scale) {
  if (std::abs(a.period - b.period) > same_period_tolerance * std::max(a.period, b.period)) return false;
  return cycle_distance(a, b, scale) <= same_cycle_tolerance;
}

}  // namespace basin
