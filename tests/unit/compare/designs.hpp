#pragma once

#include "models/design/design.hpp"

namespace basin::test {

/// A normalised design of N units with every default filled in and no weights yet.
inline Design plain_design(int neurons) {
  Design design;
  design.name = "plain";
  design.file = "plain.toml";
  design.neurons = neurons;
  design.circuit.units = Units::normalised;
  design.circuit.tau = Vector::Ones(neurons);
  design.circuit.unipolar.assign(static_cast<std::size_t>(neurons), false);
  design.circuit.gain = Vector::Constant(neurons, 4.0);
  design.circuit.bias = Vector::Zero(neurons);
  design.circuit.threshold = Vector::Zero(neurons);
  design.circuit.initial = Vector::Zero(neurons);
  design.hardware.lanes = 1;
  design.id = "0";
  return design;
}

/// Three Walsh patterns of 16 units under Hebb's rule: orthogonal, so each is stored with margin 1 − 3/16.
inline Design hebb_design() {
  Design design = plain_design(16);
  design.memory.rule = Rule::hebb;
  design.memory.patterns.resize(3, 16);
  for (Index i = 0; i < 16; ++i) {
    for (Index m = 0; m < 3; ++m) design.memory.patterns(m, i) = ((i >> m) & 1) != 0 ? -1.0 : 1.0;
  }
  design.memory.names = {"a", "b", "c"};
  design.cues.present = true;
  design.cues.flip = 0.125;
  design.cues.count = 9;
  design.cues.seed = 7;
  return design;
}

/// Two neurons that excite each other: T12 = T21 = 1.
inline Design flipflop_design(double u0, double u1) {
  Design design = plain_design(2);
  design.circuit.weights = Matrix::Zero(2, 2);
  (*design.circuit.weights)(0, 1) = (*design.circuit.weights)(1, 0) = 1.0;
  design.circuit.initial << u0, u1;
  return design;
}

}  // namespace basin::test
