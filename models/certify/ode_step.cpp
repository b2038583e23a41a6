#include "models/certify/ode_step.hpp"

#include <algorithm>
#include <utility>

namespace basin {
namespace {

constexpr int least_order = 4;

struct Box {
  bool found = false;
  Balls u, outputs;
};

/// Guesses how far the rate turns within h, then asks Picard and Lindelöf, and takes what they say for a better guess.
Box a_priori_box(const CircuitField& field, const Balls& start, const Balls& outputs, double h) {
  constexpr int guesses = 6;
  const Balls rate = field.rate(start, outputs);
  const Vector slopes = field.slopes(start, outputs).magnitude();
  const Vector turn = (field.weight_sizes() * slopes.cwiseProduct(rate.mid.cwiseAbs()) + rate.mid.cwiseAbs())
                          .cwiseQuotient(field.circuit().tau);
  Balls guess = start + from_zero_to(h * rate);
  guess.rad = raised(guess.rad + (0.6 * h * h) * turn);
  Box box;
  for (int k = 0; k < guesses && guess.is_finite(); ++k) {
    box.outputs = field.outputs(guess);
    const Balls image = start + from_zero_to(h * field.rate(guess, box.outputs));
    box.found = guess.holds(image);
    box.u = guess;
    if (box.found) break;
    constexpr double room = 1.2;
    guess = {image.mid, raised(room * image.rad)};
  }
  return box;
}

/// h^m c.
Balls times_power(Balls c, double h, int m) {
  for (int k = 0; k < m; ++k) c = h * c;
  return c;
}

/// One Taylor polynomial; not proved where there is no box.
OdeStep taylor_step(const CircuitField& field, const Balls& start, double h, const OdeStepOptions& options) {
  OdeStep step;
  Balls outputs = field.outputs(start);
  Box box = a_priori_box(field, start, outputs, h);
  if (!box.found) return step;
  CircuitSeries at(field, start, std::move(outputs)), over(field, box.u, box.outputs);
  const int highest = over.is_smooth() ? options.highest_order : 1;
  Balls sum = start;
  Balls remainder;
  for (int m = 1; m <= highest; ++m) {
    const auto order = static_cast<std::size_t>(m);
    sum = sum + times_power(at.state(order), h, m);
    remainder = times_power(over.state(order + 1), h, m + 1);
    step.order = m;
    if (m >= std::min(least_order, highest) && remainder.rad.maxCoeff() <= options.resolution) break;
  }
  step.end = sum + remainder;
  step.curvature = 2.0 * over.state(2).magnitude();
  step.rate = at.state(1);
  step.path = std::move(box.u);
  step.path_outputs = std::move(box.outputs);
  step.proved = step.end.is_finite() && step.curvature.allFinite();
  return step;
}

OdeStep one_after_the_other(const OdeStep& first, OdeStep second) {
  second.proved = first.proved && second.proved;
  if (!second.proved) return second;
  second.rate = first.rate;
  second.path = hull(first.path, second.path);
  second.path_outputs = hull(first.path_outputs, second.path_outputs);
  second.curvature = first.curvature.cwiseMax(second.curvature);
  second.order = std::min(first.order, second.order);
  return second;
}

}  // namespace

OdeStep ode_step(const CircuitField& field, const Balls& start, double h, const OdeStepOptions& options) {
  OdeStep whole = taylor_step(field, start, h, options);
  const bool fine = whole.proved && (whole.end.rad - start.rad).maxCoeff() <= options.resolution;
  if (fine || options.halvings == 0) return whole;
  OdeStepOptions half = options;
  --half.halvings;
  half.resolution *= 0.5;
  OdeStep first = ode_step(field, start, 0.5 * h, half);
  if (!first.proved) return whole;
  OdeStep both = one_after_the_other(first, ode_step(field, first.end, 0.5 * h, half));
  const bool better = both.proved && (!whole.proved || both.end.rad.maxCoeff() < whole.end.rad.maxCoeff());
  return better ? both : whole;
}

}  // namespace basin
