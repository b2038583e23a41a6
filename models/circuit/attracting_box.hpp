#pragma once

#include <optional>

#include "models/circuit/circuit.hpp"

namespace basin {

/// Proves that memories of one circuit are stored, by interval arithmetic with the rounding error added outwards
/// (docs/math.md, Proof of storage).
class AttractingBoxes {
 public:
  /// `circuit` is in core coordinates, without weights among hidden units, and must outlive this.
  explicit AttractingBoxes(const Circuit& circuit);

  /// Of the memory whose signs are `signs` (the visible neurons', ±1): a box of outputs s_iV_i ≥ a over the visible neurons
  /// and, over the hidden units, all that such visible outputs make them settle to. No trajectory that starts in it leaves
  /// it, and all come together at one point, an exponentially stable equilibrium of those signs. Of a start with the hidden
  /// units elsewhere nothing is said.
  ///
  /// The least a of a ladder from 0.5 up for which the proof works; empty when it works for none, for an activation table or power,
  /// whose slopes need not fall away from 0, and without the dense W.
  [[nodiscard]] std::optional<double> around(const Vector& signs) const;

 private:
  /// An interval a neuron.
  struct Box {
    Vector low, high;
  };
  [[nodiscard]] Box drives(const Box& box) const;
  [[nodiscard]] Box outputs(const Box& drive) const;
  [[nodiscard]] bool contracts(const Box& drive) const;
  [[nodiscard]] Box first_box(const Vector& signs, double a) const;
  [[nodiscard]] bool attracts(Box box) const;
  static bool inside(const Box& settled, const Box& box);

  const Circuit& circuit_;
  Matrix sizes_;      // |W|
  double rounding_;   // of a drive, over Σ|W| + |b|
  Vector slack_;
};

}  // namespace basin
