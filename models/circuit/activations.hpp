#pragma once

#include <cstdint>
#include <vector>

#include "models/circuit/activation.hpp"

namespace basin {

/// The activation of every neuron: one for all, or a few and which of them each neuron has.
class Activations {
 public:
  /// The same for every neuron of any circuit.
  Activations(Activation common = Activation()) : kinds_{std::move(common)} {}   // NOLINT: one activation is an Activations
  /// `selectors`: for each neuron its place in `kinds`. Kinds that no neuron has are dropped. Throws
  /// std::invalid_argument for a selector beyond them, and for hard units beside others, which no integrator has.
  Activations(std::vector<Activation> kinds, std::vector<std::uint8_t> selectors);

  /// Of neuron i.
  [[nodiscard]] const Activation& of(Index i) const { return kinds_[kind_of(i)]; }
  /// Its place in kinds().
  [[nodiscard]] std::size_t kind_of(Index i) const {
    return selectors_.empty() ? 0 : selectors_[static_cast<std::size_t>(i)];
  }
  /// The different ones, at least one.
  [[nodiscard]] const std::vector<Activation>& kinds() const { return kinds_; }
  /// The place in kinds() of each neuron's; empty when there is one for all.
  [[nodiscard]] const std::vector<std::uint8_t>& selectors() const { return selectors_; }
  [[nodiscard]] bool are_hard() const { return kinds_.front().kind() == ActivationKind::hard; }
  /// Whether all are of this kind.
  [[nodiscard]] bool are(ActivationKind kind) const { return kinds_.size() == 1 && kinds_.front().kind() == kind; }
  [[nodiscard]] bool are_odd() const;
  /// Whether all are odd with slopes that fall away from 0: all kinds but tables and powers.
  [[nodiscard]] bool fall_off() const;
  /// Those of the neurons `indices`.
  [[nodiscard]] Activations of_neurons(const std::vector<Index>& indices) const;
  /// With every logistic one as the tanh that it is over (−1, 1).
  [[nodiscard]] Activations bipolar() const;

 private:
  std::vector<Activation> kinds_;
  std::vector<std::uint8_t> selectors_;
};

}  // namespace basin
