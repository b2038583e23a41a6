#include "models/certify/enclosed_circuit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/design/error.hpp"

namespace basin {
namespace {

/// Of a lower triangle of intervals, row by row: whether every matrix inside is positive definite. Destroys it. L D Lᵀ
/// without square roots: the pivots are what is asked for.
bool is_positive_definite(std::vector<Box>& a) {
  const std::size_t n = a.size();
  for (std::size_t k = 0; k < n; ++k) {
    if (!(a[k][k].lower() > 0.0)) return false;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (a[i][k] == Interval(0.0)) continue;
      const Interval factor = a[i][k] / a[k][k];
      for (std::size_t j = k + 1; j < i; ++j) a[i][j] -= factor * a[j][k];
      a[i][i] -= square(a[i][k]) / a[k][k];
    }
  }
  return true;
}

bool falls_somewhere(const Activation& activation) {
  const Matrix points = activation.points();
  for (Index k = 0; k + 1 < points.rows(); ++k) {
    if (points(k + 1, 1) < points(k, 1)) return true;
  }
  return false;
}

}  // namespace

EnclosedCircuit::EnclosedCircuit(const Circuit& core) : core_(core), neurons_(core), sizes_(core.weights.cwiseAbs()) {
  if (!core.is_dense()) throw ClaimError("nothing is certified of a circuit whose N × N weights are not kept");
  if (std::ranges::any_of(core.activation.kinds(), falls_somewhere)) {
    throw ClaimError("nothing is certified of an activation table that falls: every proof takes outputs to rise with states");
  }
  sizes_.diagonal() = core.weights.diagonal().cwiseMax(0.0);
}

std::span<const double> EnclosedCircuit::row(Index i) const {
  return {core_.weights.data() + i * size(), static_cast<std::size_t>(size())};
}

std::span<const double> EnclosedCircuit::sizes(Index i) const {
  return {sizes_.data() + i * size(), static_cast<std::size_t>(size())};
}

Box EnclosedCircuit::drives(const Box& outputs) const {
  Box drives(outputs.size());
  for (Index i = 0; i < size(); ++i) drives[static_cast<std::size_t>(i)] = dot(core_.bias[i], row(i), outputs);
  return drives;
}

Vector EnclosedCircuit::largest_slopes(const Box& states) const {
  const Box slopes = neurons_.slopes(states);
  Vector largest(size());
  for (Index i = 0; i < size(); ++i) largest[i] = slopes[static_cast<std::size_t>(i)].magnitude();
  return largest;
}

Vector EnclosedCircuit::largest_slopes() const { return largest_slopes(everywhere(size())); }

Box everywhere(Index size) { return Box(static_cast<std::size_t>(size), Interval::entire()); }

Box ball(const Vector& centre, double radius) {
  if (!std::isfinite(radius)) return everywhere(centre.size());
  Box box;
  for (const double c : centre) box.push_back(Interval::around(c, radius));
  return box;
}

bool holds(const Box& outer, const Box& inner) {
  for (std::size_t i = 0; i < outer.size(); ++i) {
    if (!outer[i].holds(inner[i])) return false;
  }
  return true;
}

bool log_norm_is_negative(const EnclosedCircuit& circuit, const Vector& slopes, const Vector& weights) {
  if (!slopes.allFinite() || !(weights.minCoeff() > 0.0)) return false;
  Box weighted;
  for (Index j = 0; j < slopes.size(); ++j) weighted.push_back(Interval(slopes[j]) * weights[j]);
  for (Index i = 0; i < slopes.size(); ++i) {
    if (!(dot(0.0, circuit.sizes(i), weighted).upper() < weights[i])) return false;
  }
  return true;
}

Vector perron_weights(const EnclosedCircuit& circuit, const Vector& slopes) {
  constexpr int most_rounds = 200;
  constexpr double least = 1e-6;   // keeps every weight positive, also of neurons that nothing feeds
  if (!slopes.allFinite()) return Vector::Ones(slopes.size());
  Vector weights = Vector::Ones(slopes.size());
  const Index n = slopes.size();
  for (int round = 0; round < most_rounds; ++round) {
    const Vector weighted = slopes.cwiseProduct(weights);
    Vector next(n);
    for (Index i = 0; i < n; ++i) next[i] = Eigen::Map<const Vector>(circuit.sizes(i).data(), n).dot(weighted);
    if ((next.array() < 0.999 * weights.array()).all()) break;
    weights = (next / std::max(next.maxCoeff(), std::numeric_limits<double>::min())).array() + least;
  }
  return weights;
}

bool hessian_is_positive(const EnclosedCircuit& circuit, const Vector& slopes, const Vector& weights, double shift) {
  constexpr double flattest = 0x1p-60;   // an upper bound of a slope of 0 that can be divided by
  if (!slopes.allFinite() || !(weights.minCoeff() > 0.0)) return false;
  const Matrix& w = circuit.core().weights;
  std::vector<Box> rows(static_cast<std::size_t>(slopes.size()));
  for (Index i = 0; i < slopes.size(); ++i) {
    Box& row = rows[static_cast<std::size_t>(i)];
    for (Index j = 0; j < i; ++j) row.push_back(-((Interval(weights[i]) * w(i, j) + Interval(weights[j]) * w(j, i)) * 0.5));
    row.push_back(Interval(weights[i]) / std::max(slopes[i], flattest) - Interval(weights[i]) * w(i, i) - shift);
  }
  return is_positive_definite(rows);
}

Vector hessian_weights(const EnclosedCircuit& circuit) {
  const Vector found = symmetriser(circuit.core().weights);
  if (found.size() == 0) return Vector::Ones(circuit.size());
  return found / found.maxCoeff();
}

}  // namespace basin
