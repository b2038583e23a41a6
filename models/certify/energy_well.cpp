#include "models/certify/energy_well.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>

namespace basin {
namespace {

/// A guess, in doubles, at the least eigenvalue of the Hessian with these slopes.
double least_curvature(const Matrix& weights, const Vector& slopes) {
  Matrix hessian = -0.5 * (weights + weights.transpose());
  hessian.diagonal() += slopes.cwiseMax(1e-15).cwiseInverse();
  return Eigen::SelfAdjointEigenSolver<Matrix>(hessian, Eigen::EigenvaluesOnly).eigenvalues()[0];
}

/// How far V_i at |u_i − ū_i| = radius is from V_i(u*), |u* − ū| ≤ inner: no less than this, for any i.
double least_distance(const EnclosedCircuit& circuit, const EquilibriumBall& ball, double radius) {
  double least = std::numeric_limits<double>::infinity();
  const NeuronEnclosures& neurons = circuit.neurons();
  for (Index i = 0; i < circuit.size(); ++i) {
    const Interval rest = neurons.output(i, Interval::around(ball.centre[i], ball.inner));
    const Interval above = neurons.output(i, Interval(ball.centre[i]) + radius);
    const Interval below = neurons.output(i, Interval(ball.centre[i]) - radius);
    least = std::min({least, (Interval(above.lower()) - rest.upper()).lower(),
                      (Interval(rest.lower()) - below.upper()).lower()});
  }
  return least;
}

Vector slopes_within(const EnclosedCircuit& circuit, const EquilibriumBall& ball, double radius) {
  return circuit.largest_slopes(basin::ball(ball.centre, radius));
}

}  // namespace

std::optional<EnergyWell> energy_well(const EnclosedCircuit& circuit, const EquilibriumBall& ball) {
  constexpr double safe = 0.999;   // of the guessed curvature
  const Matrix& weights = circuit.core().weights;
  const double scale = ball.centre.cwiseAbs().maxCoeff();
  EnergyWell best;
  for (int k = 40; k >= 1; --k) {
    EnergyWell well;
    well.radius = std::ldexp(std::round(std::ldexp(0.025 * k * scale, 20)), -20);
    if (!(well.radius > ball.inner)) continue;
    well.convexity = safe * least_curvature(weights, slopes_within(circuit, ball, well.radius));
    well.distance = least_distance(circuit, ball, well.radius);
    if (!(well.convexity > 0.0) || !(well.distance > 0.0)) continue;
    well.depth = (Interval(0.5) * well.convexity * square(well.distance)).lower();
    if (well.depth > best.depth) best = well;
  }
  const Vector ones = Vector::Ones(circuit.size());
  if (!(best.depth > 0.0) || !hessian_is_positive(circuit, slopes_within(circuit, ball, best.radius), ones, best.convexity)) {
    return std::nullopt;
  }
  best.certified = weights == weights.transpose();
  return best;
}

}  // namespace basin
