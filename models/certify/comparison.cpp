#include "models/certify/comparison.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

constexpr double tiny = 1e-290;

/// x + y of numbers of any sign, rounded upwards.
double upward(double x, double y) { return (Interval(x) + y).upper(); }

/// How far |e| reaches within h when all |e_j| ≤ `most_j`: with |e_i|′ ≤ c_i + a_i|e_i|, no further than h times the rate at the
/// start where a_i < 0, at the end where not.
Vector reach_within(const Matrix& a, const Vector& radius, const Vector& most, double h) {
  const Vector whole = comparison_product(a, most);
  Vector reach(radius.size());
  for (Index i = 0; i < radius.size(); ++i) {
    // Σ_{j≠i} A_ij most_j + A_ii radius_i = whole_i + A_ii (radius_i − most_i)
    const double rate = a(i, i) < 0.0 ? (Interval(whole[i]) + Interval(a(i, i)) * (Interval(radius[i]) - most[i])).upper() : whole[i];
    reach[i] = (Interval(radius[i]) + Interval(h) * std::max(0.0, rate)).upper();
  }
  return reach;
}

}  // namespace

Matrix comparison_matrix(const CircuitField& field, const Balls& box) {
  const Index n = field.size();
  const Circuit& circuit = field.circuit();
  const Vector steepest = field.steepest(box);
  Matrix a = field.weight_sizes() * steepest.asDiagonal();
  for (Index i = 0; i < n; ++i) {
    a.row(i) = raised(Vector(a.row(i).transpose() / circuit.tau[i])).transpose();
    const double w = circuit.weights(i, i);
    const double own = w < 0.0 ? field.neurons().slope(i, box.at(i)).lower() : steepest[i];
    a(i, i) = ((Interval(w) * own - 1.0) / circuit.tau[i]).upper();
  }
  return a;
}

Vector comparison_product(const Matrix& a, const Vector& x) {
  Matrix off = a;
  off.diagonal().setZero();
  Vector sum = raised(Vector(off * x), x.size());
  for (Index i = 0; i < x.size(); ++i) sum[i] = upward(sum[i], (Interval(a(i, i)) * x[i]).upper());
  return sum;
}

Vector exponential_bound(const Matrix& a, double h, const Vector& x) {
  constexpr int most_terms = 80;
  constexpr double fine = 1e-9;   // of the largest entry: what the remainder may add
  const Index n = x.size();
  const double c = std::max(0.0, -a.diagonal().minCoeff());
  Matrix b = a;
  for (Index i = 0; i < n; ++i) b(i, i) = std::max(0.0, upward(a(i, i), c));
  b = (b * h).array() * (1.0 + 0x1p-50) + tiny;
  const double norm = raised(Vector(b.rowwise().sum()), n).maxCoeff();
  Vector sum = x, term = x;
  double remainder = std::numeric_limits<double>::infinity();
  for (int m = 1; m <= most_terms && remainder > fine * x.maxCoeff(); ++m) {
    term = raised(Vector(b * term / m), n);
    sum += term;
    // Σ_{k>m} ‖b‖^(k−m) m!/k! ‖term‖ ≤ ‖term‖ q/(1 − q), q = ‖b‖/(m + 1)
    const double q = norm / (m + 1);
    if (q < 0.5) remainder = 1.01 * term.maxCoeff() * q / (1.0 - q) + tiny;
  }
  const double shrink = exp(-(Interval(c) * h)).upper();
  return raised(Vector(shrink * raised(Vector(sum.array() + remainder), most_terms)));
}

Growth comparison_growth(const CircuitField& field, const Balls& path, const Vector& radius, double h) {
  constexpr int guesses = 12;
  constexpr double room = 1.02;
  const double least = 1e-9 * (radius.maxCoeff() + tiny) + tiny;   // strictly inside also where radius is 0
  Growth growth;
  growth.reach = (radius * room).array() + least;
  for (int k = 0; k < guesses && growth.reach.allFinite(); ++k) {
    const Balls box{path.mid, raised(path.rad + growth.reach)};
    const Matrix a = comparison_matrix(field, box);
    if (!a.allFinite()) return growth;
    const Vector reach = reach_within(a, radius, growth.reach, h);
    if ((reach.array() < growth.reach.array()).all()) {
      growth.after = exponential_bound(a, h, radius);
      growth.proved = growth.after.allFinite();
      return growth;
    }
    growth.reach = growth.reach.cwiseMax(reach * room) .array() + least;
  }
  return growth;
}

}  // namespace basin
