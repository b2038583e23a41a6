#pragma once

#include <optional>

#include "models/certify/enclosed_circuit.hpp"

namespace basin {

/// How a matrix was proved to contract (docs/math.md, Certificates).
enum class Method { hessian, log_norm };

/// A proof that with these slopes an equilibrium is stable; with slopes up to β, that there is one equilibrium and that every
/// trajectory ends there.
struct Contraction {
  Method method = Method::hessian;
  Vector weights;
};

/// By hessian_is_positive or by log_norm_is_negative, the one first that does not need symmetric W where W has no
/// symmetriser; empty where neither works.
std::optional<Contraction> contraction(const EnclosedCircuit& circuit, const Vector& slopes);

/// A proof that no equilibrium has the visible signs asked for: in the first box lie all states that have them; each further
/// one holds what F(u) = W V(u) + b makes of the one before and is still in it; and at `neuron` nothing is left of the last
/// one, or nothing with the sign.
struct Exclusion {
  std::vector<Box> boxes;
  Index neuron = 0;
};

/// `signs` of the visible neurons, ±1. Empty where the boxes stop shrinking first.
std::optional<Exclusion> exclusion(const EnclosedCircuit& circuit, const Vector& signs);

}  // namespace basin
