#pragma once

#include <vector>

#include "models/circuit/circuit.hpp"

namespace basin {

/// A circuit some of whose outputs are held by a source: the circuit of the free neurons, with what the held outputs
/// drive added to b.
class ClampedCircuit {
 public:
  /// `held`: V of every held neuron, NaN where it is free; empty when none is. At least one neuron must be free.
  ClampedCircuit(const Circuit& circuit, const Vector& held);

  [[nodiscard]] const Circuit& free_circuit() const { return free_; }
  /// The entries of the free neurons.
  [[nodiscard]] Vector restrict(const Vector& u) const;
  /// Puts the free neurons' entries into `u` of all neurons.
  void put(const Vector& free_u, Vector& u) const { u(indices_) = free_u; }
  /// u of the free neurons, V of the held ones: what carries every sign in core coordinates.
  [[nodiscard]] Vector signed_state(const Vector& free_u) const;
  /// u of all neurons: a held one gets what its own drive Σ W V + b would settle it to.
  [[nodiscard]] Vector expand(const Vector& free_u) const;
  /// V of all neurons.
  [[nodiscard]] Vector outputs(const Vector& free_u) const;

 private:
  [[nodiscard]] Factors restricted(const Factors& factors) const;

  const Circuit& whole_;
  Vector held_;
  std::vector<Index> indices_;   // of the free neurons
  Circuit free_;
};

}  // namespace basin
