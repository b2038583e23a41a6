#include "models/certify/memory_certificate.hpp"

#include <algorithm>

namespace basin {
namespace {

/// The first visible neuron at which no state of the ball has the sign; −1 where there is none.
Index neuron_of_other_sign(const EquilibriumBall& ball, const Vector& signs) {
  for (Index i = 0; i < signs.size(); ++i) {
    if ((Interval(signs[i]) * ball.centre[i] + ball.inner).upper() <= 0.0) return i;
  }
  return -1;
}

bool has_signs(const EquilibriumBall& ball, const Vector& signs) {
  for (Index i = 0; i < signs.size(); ++i) {
    if (!((Interval(signs[i]) * ball.centre[i] - ball.inner).lower() > 0.0)) return false;
  }
  return true;
}

/// Proofs about the equilibrium itself; the reason why not.
std::string prove_stored(const EnclosedCircuit& circuit, const Vector& signs, const Vector& equilibrium,
                         MemoryCertificate& memory) {
  memory.equilibrium = equilibrium_ball(circuit, equilibrium);
  if (!memory.equilibrium) return "its equilibrium is not proved: a nearly singular Jacobian, or a corner of the activation";
  if (!has_signs(*memory.equilibrium, signs)) return "its equilibrium is not proved to have its signs";
  memory.stability = contraction(circuit, circuit.largest_slopes(ball(equilibrium, memory.equilibrium->inner)));
  if (!memory.stability) return "its equilibrium is not proved to be stable";
  if (equilibrium.cwiseAbs().minCoeff() > 0.0) memory.basin = basin_box(circuit, equilibrium);
  if (memory.basin && !holds(memory.basin->boxes.front(), ball(equilibrium, memory.equilibrium->inner))) memory.basin.reset();
  memory.well = well(circuit, *memory.equilibrium);
  return memory.basin || memory.well ? "" : "no box around its equilibrium is proved to end in it";
}

}  // namespace

std::optional<SingleEquilibrium> single_equilibrium(const EnclosedCircuit& circuit) {
  constexpr int most_rounds = 2000;
  constexpr double part = 0.5;   // of the way to F(u): damped, so that it settles where all trajectories do
  const auto found = contraction(circuit, circuit.largest_slopes());
  if (!found) return std::nullopt;
  Vector u = Vector::Zero(circuit.size());
  for (int round = 0; round < most_rounds; ++round) {
    const Vector step = part * drive(circuit.core(), u);
    u += step;
    if (step.cwiseAbs().maxCoeff() <= 1e-12 * u.cwiseAbs().maxCoeff()) break;
  }
  if (u != Vector::Zero(circuit.size())) u = polish(circuit.core(), u).u;
  auto ball = equilibrium_ball(circuit, u);
  if (!ball) return std::nullopt;
  return SingleEquilibrium{*found, std::move(*ball)};
}

MemoryCertificate certify_memory(const EnclosedCircuit& circuit, const Vector& signs, const std::optional<Vector>& equilibrium,
                                 const std::optional<SingleEquilibrium>& single, double amplitude) {
  MemoryCertificate memory;
  if (equilibrium) {
    memory.reason = prove_stored(circuit, signs, *equilibrium, memory);
    if (memory.reason.empty()) {
      memory.standing = Standing::certified;
      memory.contracting = contracting_box(circuit, *equilibrium);
      if (memory.basin) memory.hamming = hamming_ball(circuit, *equilibrium, *memory.basin, amplitude);
    }
    return memory;
  }
  if (single) {
    memory.wrong_neuron = neuron_of_other_sign(single->ball, signs);
    if (memory.wrong_neuron >= 0) {
      memory.standing = Standing::impossible;
      memory.equilibrium = single->ball;
      memory.stability = single->contraction;
      memory.reason = "there is one equilibrium alone, without its signs";
      return memory;
    }
  }
  memory.exclusion = exclusion(circuit, signs);
  if (memory.exclusion) {
    memory.standing = Standing::impossible;
    memory.reason = "no equilibrium has its signs";
  } else {
    memory.reason = "no equilibrium with its signs was found, nor a proof that there is none";
  }
  return memory;
}

}  // namespace basin
