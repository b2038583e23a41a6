#include "models/certify/a_priori.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <utility>

#include "models/certify/balls.hpp"
#include "models/certify/basin_box.hpp"

namespace basin {
namespace {

Box widened(const Box& box, const Vector& margin) {
  Box wider;
  for (std::size_t i = 0; i < box.size(); ++i) wider.push_back(box[i] + Interval::around(0.0, margin[static_cast<Index>(i)]));
  return wider;
}

/// 1 less the largest Σ_j |W_ij| sup V′_j w_j / w_i over a box, w nearly its Perron vector: a guess in doubles.
double contraction_rate(const EnclosedCircuit& circuit, const Box& box) {
  const Vector slopes = circuit.largest_slopes(box);
  if (!slopes.allFinite()) return -1.0;
  const Vector weights = perron_weights(circuit, slopes);
  const Vector rows = circuit.core().weights.cwiseAbs() * slopes.cwiseProduct(weights);
  return 1.0 - rows.cwiseQuotient(weights).maxCoeff();
}

/// What the circuit makes of a box that it maps into itself, often enough for that rate; empty where it is never reached.
std::optional<Box> shrunk(const EnclosedCircuit& circuit, Box box, double rate) {
  constexpr int most_rounds = 100;
  for (int round = 0; round < most_rounds; ++round) {
    if (contraction_rate(circuit, box) >= rate) return box;
    box = circuit.map(box);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Box> contracting_states(const EnclosedCircuit& circuit, const Vector& equilibrium) {
  const Box at = ball(equilibrium, 0.0);
  const double enough = 0.5 * contraction_rate(circuit, at);
  if (!(enough > 0.0)) return std::nullopt;
  if (equilibrium.cwiseAbs().minCoeff() > 0.0) {
    if (auto basin = basin_box(circuit, equilibrium)) return shrunk(circuit, std::move(basin->boxes.back()), enough);
  }
  const Vector weights = perron_weights(circuit, circuit.largest_slopes(at));
  const Vector widest = equilibrium.cwiseAbs().maxCoeff() * weights / weights.maxCoeff();
  constexpr int halvings = 30;
  for (int k = 0; k < halvings; ++k) {
    Box box = widened(at, std::ldexp(1.0, -k) * widest);
    if (contraction_rate(circuit, box) >= enough && holds(box, circuit.map(box))) return box;
  }
  return std::nullopt;
}

Box reachable_states(const EnclosedCircuit& circuit) {
  Box states = circuit.drives(Box(static_cast<std::size_t>(circuit.size()), Interval(-1.0, 1.0)));
  for (Interval& u : states) u = hull(u, -u);
  return states;
}

APriori::APriori(const EnclosedCircuit& circuit, Box states)
    : circuit_(circuit), states_(std::move(states)), sizes_(circuit.core().weights.cwiseAbs()) {
  const Index n = circuit.size();
  const Box drives = circuit.map(states_);
  stays_ = holds(states_, drives);
  slopes_ = circuit.largest_slopes(states_);
  speed_ = curvature_ = Vector(n);
  Vector reach(n);
  for (Index i = 0; i < n; ++i) {
    const auto k = static_cast<std::size_t>(i);
    speed_[i] = (drives[k] - states_[k]).magnitude();
    curvature_[i] = circuit.neurons().curvature(i, states_[k]);
    reach[i] = states_[k].magnitude();
  }
  constexpr double as_doubles = 0x1p-49;   // a weight, an LSB and the argument of g err by 2^−52 each
  const Vector drive_sizes = weighted(Vector::Ones(n)) + circuit.core().bias.cwiseAbs();
  unit_error_ = raised(Vector(as_doubles * (drive_sizes + reach)));
}

/// |W| · sizes, no less.
Vector APriori::weighted(const Vector& sizes) const { return raised(Vector(sizes_ * sizes), sizes.size()); }

/// What is new in a step, over h_i: rounding and Taylor's remainder; and what the first step of a run brings.
Vector APriori::per_step(const CoreSteps& steps) const {
  const Vector& h = steps.share;
  const Vector first = raised(h.cwiseProduct(speed_));                                                       // |dt u̇|
  const Vector second = raised(h.cwiseProduct(first + weighted(raised(slopes_.cwiseProduct(first)))));      // |dt² ü|
  Vector local = 0.5 * second, start = Vector::Zero(h.size());
  if (steps.order == 2) {
    start = local;
    local = second;   // needs no third derivative
    const Vector turn = curvature_.cwiseProduct(first.cwiseAbs2());
    if (turn.allFinite()) {
      const Vector inner = raised(slopes_.cwiseProduct(second) + turn);
      const Vector third = h.cwiseProduct(second + weighted(inner));                                         // |dt³ d³u/dt³|
      local = local.cwiseMin(raised(Vector((5.0 / 12.0) * raised(third))));
    }
  }
  const Vector rounded = raised(Vector(local.array() + 0.5 * steps.lsb_state));
  return raised(Vector(rounded.cwiseQuotient(h) + start));
}

/// E > 0 with |W| diag(slopes) E + forcing ≤ E.
std::optional<Vector> APriori::solve(const Vector& slopes, const Vector& forcing) const {
  if (!slopes.allFinite() || !forcing.allFinite()) return std::nullopt;
  const Index n = forcing.size();
  const Eigen::MatrixXd system = Eigen::MatrixXd::Identity(n, n) - Eigen::MatrixXd(sizes_ * slopes.asDiagonal());
  const Vector error = (1.0 + 0x1p-20) * Eigen::PartialPivLU<Eigen::MatrixXd>(system).solve(forcing);
  if (!error.allFinite() || !(error.minCoeff() > 0.0)) return std::nullopt;
  const Vector after = raised(Vector(weighted(raised(slopes.cwiseProduct(error))) + forcing));
  if (!(after.array() <= error.array()).all()) return std::nullopt;
  return error;
}

std::optional<AprioriBound> APriori::bound(const CoreSteps& steps) const {
  constexpr int most_rounds = 6;
  constexpr double room = 1.1;
  const double largest_share = steps.order == 1 ? 1.0 : 1.0 / 3.0;
  if (!stays_ || steps.share.maxCoeff() > largest_share) return std::nullopt;
  const Vector brought = per_step(steps);
  Vector margin = Vector::Zero(steps.share.size());
  for (int round = 0; round < most_rounds; ++round) {
    const Box near = widened(states_, margin);
    Vector forcing = brought + unit_error_;
    if (steps.output_error) forcing += weighted(steps.output_error(states_, near));
    const auto error = solve(circuit_.largest_slopes(near), raised(forcing));
    if (!error) return std::nullopt;
    if ((error->array() <= margin.array()).all()) return AprioriBound{*error};
    margin = room * *error;
  }
  return std::nullopt;
}

}  // namespace basin
