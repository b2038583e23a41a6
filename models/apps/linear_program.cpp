#include "models/apps/linear_program.hpp"

#include <Eigen/Cholesky>
#include <algorithm>

#include "models/design/error.hpp"

namespace basin {
namespace {

/// Currents that a constraint amplifier can give, over the largest that the equilibrium asks of any: what it takes to stay
/// linear while the state overshoots.
constexpr double headroom = 4.0;

/// R of the variables' nodes.
Vector node_resistance(const Design& design) {
  const CircuitSpec& spec = design.circuit;
  if (spec.units == Units::normalised) return Vector::Ones(design.neurons);
  if (spec.resistance.size() > 0) return spec.resistance;
  throw InputError(Location{design.file, 0}, "circuit.input_resistance",
                   "is given with [problem], whose currents need the whole R at a node; allowed: circuit.resistance");
}

Vector time_constants(const Design& design, const Vector& resistance) {
  const CircuitSpec& spec = design.circuit;
  return spec.units == Units::physical ? Vector(resistance.cwiseProduct(spec.capacitance)) : spec.tau;
}

Vector violations(const ProblemSpec& problem, const Vector& x) {
  return (problem.bounds - problem.constraints * x).cwiseMax(0.0);
}

/// A·x + Σ x_i²/(2R_i) + ½K Σ_j max(B_j − D_j x, 0)²: the energy of the circuit with fast, unlimited constraint amplifiers.
double penalised(const ProblemSpec& problem, const Vector& resistance, const Vector& x) {
  return problem.cost.dot(x) + 0.5 * x.cwiseAbs2().cwiseQuotient(resistance).sum() +
         0.5 * problem.penalty * violations(problem, x).squaredNorm();
}

/// Its minimum, by Newton's method: it is strictly convex and quadratic piece by piece, so that the step from the right piece
/// is the last.
Vector equilibrium_of(const ProblemSpec& problem, const Vector& resistance) {
  constexpr int most_steps = 200;
  const Index n = problem.cost.size();
  Vector x = Vector::Zero(n);
  for (int step = 0; step < most_steps; ++step) {
    const Vector violated = violations(problem, x);
    const Vector active = (violated.array() > 0.0).cast<double>();
    const Vector slope = problem.cost + x.cwiseQuotient(resistance) - problem.penalty * problem.constraints.transpose() * violated;
    Matrix curvature = problem.penalty * problem.constraints.transpose() * active.asDiagonal() * problem.constraints;
    curvature.diagonal() += resistance.cwiseInverse();
    const Vector change = -curvature.llt().solve(slope);
    double share = 1.0;
    const double here = penalised(problem, resistance, x), falling = slope.dot(change);
    while (share > 1e-9 && penalised(problem, resistance, x + share * change) > here + 1e-4 * share * falling) share *= 0.5;
    x += share * change;
    if (change.cwiseAbs().maxCoeff() <= 1e-13 * std::max(1.0, x.cwiseAbs().maxCoeff())) break;
  }
  return x;
}

/// Current at which the constraint amplifiers saturate.
double largest_current(const ProblemSpec& problem, const Vector& resistance) {
  const double dual = problem.penalty * violations(problem, equilibrium_of(problem, resistance)).maxCoeff();
  const double current = std::max(headroom * dual, problem.cost.cwiseAbs().maxCoeff());
  return current > 0.0 ? current : 1.0;
}

}  // namespace

/// A constraint amplifier has the state y = a(2z/Z − 1), a = `largest`, z = B_j − D_j x and Z its largest violation, and with
/// the variables' gain 1/a the output max(0, min(z/Z, 1)): so one gain serves all, and weights of both kinds are of one size.
Learned linear_program_circuit(const Design& design) {
  const ProblemSpec& problem = design.problem;
  const Vector resistance = node_resistance(design);
  const Vector tau = time_constants(design, resistance);
  const Index n = problem.cost.size(), m = problem.bounds.size();
  const double current = largest_current(problem, resistance), widest = current / problem.penalty;
  Learned learned;
  learned.weights = Matrix::Zero(n + m, n + m);
  learned.weights.topRightCorner(n, m) = current * (resistance.asDiagonal() * problem.constraints.transpose());
  learned.weights.bottomLeftCorner(m, n) = -2.0 * problem.largest * problem.largest / widest * problem.constraints;
  learned.bias.resize(n + m);
  learned.bias << -resistance.cwiseProduct(problem.cost),
      problem.largest * Vector((2.0 / widest * problem.bounds).array() - 1.0);
  learned.hidden.gain = Vector::Ones(m);
  learned.hidden.resistance = Vector::Ones(m);
  learned.hidden.tau = Vector::Constant(m, problem.tau_constraint * tau.minCoeff() / tau.maxCoeff());
  learned.hidden.unipolar = true;
  return learned;
}

ProgramSolution solution_at(const ProblemSpec& problem, const Vector& outputs) {
  ProgramSolution solution;
  solution.state = problem.largest * outputs.head(problem.cost.size());
  solution.value = problem.cost.dot(solution.state);
  solution.residual = problem.constraints * solution.state - problem.bounds;
  solution.dual = problem.penalty * (-solution.residual).cwiseMax(0.0);
  return solution;
}

}  // namespace basin
