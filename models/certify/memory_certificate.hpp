#pragma once

#include <optional>
#include <string>

#include "models/certify/basin_box.hpp"
#include "models/certify/equilibrium_ball.hpp"
#include "models/certify/impossibility.hpp"
#include "models/certify/well.hpp"

namespace basin {

/// What is proved of a memory. `not_granted` says that nothing is: neither that it is stored nor that it is not.
enum class Standing { certified, impossible, not_granted };

/// A memory and its proofs. Certified: one equilibrium, exponentially stable, has the memory's signs, and every start in a
/// box around it ends there. Impossible: no stable equilibrium has the memory's signs.
struct MemoryCertificate {
  Standing standing = Standing::not_granted;
  std::string reason;                          // of what is not granted, or what makes it impossible
  std::optional<EquilibriumBall> equilibrium;  // of the memory, or the only one there is
  std::optional<Contraction> stability;        // within the ball's inner radius
  std::optional<BasinBox> basin;
  std::optional<ContractingBox> contracting;
  std::optional<HammingBall> hamming;
  std::optional<Well> well;
  std::optional<Exclusion> exclusion;
  Index wrong_neuron = -1;                     // where the only equilibrium has another sign; −1: no such proof
};

/// One for a circuit, whatever the memories.
struct SingleEquilibrium {
  Contraction contraction;    // with slopes up to β: one equilibrium, which every trajectory ends in
  EquilibriumBall ball;
};

/// Empty where the circuit may have several equilibria, or the proof fails.
std::optional<SingleEquilibrium> single_equilibrium(const EnclosedCircuit& circuit);

/// Proves what it can of the memory with these visible signs (±1). `equilibrium`: what is believed to be its stable
/// equilibrium, in core coordinates, where one was found. `amplitude`: |u_i| that cues start from, for the Hamming ball; +∞:
/// any.
MemoryCertificate certify_memory(const EnclosedCircuit& circuit, const Vector& signs, const std::optional<Vector>& equilibrium,
                                 const std::optional<SingleEquilibrium>& single, double amplitude);

}  // namespace basin
