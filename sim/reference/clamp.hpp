#pragma once

#include <optional>
#include <vector>

#include "models/circuit/circuit.hpp"

namespace basin {

/// A circuit some of whose outputs are held by a source: the circuit of the free neurons, with what the held outputs
/// drive added to b.
class ClampedCircuit {
 public:
  /// `held`: V of every held neuron, NaN where it is free; empty when none is. At least one neuron must be free. Keeps a
  /// reference to `circuit`.
  ClampedCircuit(const Circuit& circuit, const Vector& held);
  /// The same neurons held in a circuit that differs from the other's in its bias alone.
  ClampedCircuit(const ClampedCircuit& other, const Circuit& circuit);

  [[nodiscard]] const Circuit& whole() const { return whole_; }
  /// As given.
  [[nodiscard]] const Vector& held() const { return held_; }
  [[nodiscard]] const Circuit& free_circuit() const { return free_ ? *free_ : whole_; }
  /// The entries of the free neurons.
  [[nodiscard]] Vector restrict(const Vector& u) const { return free_ ? Vector(u(indices_)) : u; }
  /// Puts the free neurons' entries into `u` of all neurons.
  void put(const Vector& free_u, Vector& u) const;
  /// u of the free neurons, V of the held ones: what carries every sign in core coordinates.
  [[nodiscard]] Vector signed_state(const Vector& free_u) const { return or_held(free_u); }
  /// u of all neurons: a held one gets what its own drive Σ W V + b would settle it to.
  [[nodiscard]] Vector expand(const Vector& free_u) const;
  /// V of all neurons.
  [[nodiscard]] Vector outputs(const Vector& free_u) const { return or_held(basin::outputs(free_circuit(), free_u)); }

 private:
  [[nodiscard]] Factors restricted(const Factors& factors) const;
  void set_free_bias();
  [[nodiscard]] Vector or_held(const Vector& free) const;

  const Circuit& whole_;
  Vector held_;
  std::vector<Index> indices_;   // of the free neurons
  std::optional<Circuit> free_;  // when any is held
};

}  // namespace basin
