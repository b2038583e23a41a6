#include "models/certify/well.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

constexpr double room = 0x1p-20;   // what bounds are rounded away by
constexpr int pieces = 16;         // of the lower sum of an integral

/// ∫ |g_i(x) − g_i(u*_i)| dx from u*_i to ū_i ± radius is no less than this: a lower sum, g rising.
double least_integral(const NeuronEnclosures& neurons, Index i, const EquilibriumBall& ball, double radius, double side) {
  const Interval piece = (Interval(radius) - ball.inner) / static_cast<double>(pieces);
  const auto output = [&](int k) {
    return Interval(side) * neurons.output(i, ball.centre[i] + Interval(side) * (ball.inner + piece * static_cast<double>(k)));
  };
  const Interval rest = output(0);
  Interval sum;
  for (int k = 1; k < pieces; ++k) sum += max(Interval(0.0), output(k) - rest);
  return (sum * piece).lower();
}

/// L at the edge of |u − ū| ≤ radius, no less than this, and the Σ w_iτ_i s_i of L ≤ ½ Σ w_iτ_i s_i |u_i − u*_i|² inside.
struct Edge {
  double depth;
  double stiffness;
};

Edge edge_of(const EnclosedCircuit& circuit, const EquilibriumBall& ball, double radius, const Vector& slopes,
             const Vector& weights) {
  Edge edge{std::numeric_limits<double>::infinity(), 0.0};
  Interval stiffness;
  for (Index i = 0; i < circuit.size(); ++i) {
    const Interval scale = Interval(weights[i]) * circuit.core().tau[i];
    for (const double side : {1.0, -1.0}) {
      edge.depth = std::min(edge.depth, (scale * least_integral(circuit.neurons(), i, ball, radius, side)).lower());
    }
    stiffness += scale * slopes[i];
  }
  edge.depth *= 1.0 - room;
  edge.stiffness = stiffness.upper();
  return edge;
}

std::optional<Well> well_within(const EnclosedCircuit& circuit, const EquilibriumBall& ball, double radius,
                                const Vector& weights) {
  const Vector slopes = circuit.largest_slopes(basin::ball(ball.centre, radius));
  if (!hessian_is_positive(circuit, slopes, weights)) return std::nullopt;
  const Edge edge = edge_of(circuit, ball, radius, slopes, weights);
  if (!(edge.depth > 0.0)) return std::nullopt;
  const double start = (sqrt(2.0 * Interval(edge.depth) / edge.stiffness) - ball.inner).lower() * (1.0 - room);
  if (!(start > ball.inner)) return std::nullopt;
  return Well{radius, edge.depth, std::min(start, radius), weights};
}

}  // namespace

std::optional<Well> well(const EnclosedCircuit& circuit, const EquilibriumBall& ball) {
  constexpr int steps = 20;
  const Vector weights = hessian_weights(circuit);
  const double scale = ball.centre.cwiseAbs().maxCoeff();
  std::optional<Well> best;
  for (int k = 1; k <= steps; ++k) {
    const double radius = std::ldexp(std::round(std::ldexp(scale * k / (2 * steps), 30)), -30);   // short to write
    if (!(radius > ball.inner)) continue;
    auto found = well_within(circuit, ball, radius, weights);
    if (!found) break;   // a Hessian that is not positive here is not so further out
    if (!best || found->start > best->start) best = std::move(found);
  }
  return best;
}

}  // namespace basin
