#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/design/types.hpp"

namespace basin {

/// A proof that no weights of zero diagonal and no biases hold every pattern by the visible units alone at outputs of ±1, the limit
/// of high gain: Σ y (margin of `memory` at `neuron`) = 0 whatever the weights, though each margin would have to be positive. Of
/// equilibria at finite gain, whose outputs lie between, it says nothing.
struct Impossibility {
  struct Multiplier {
    Index memory = 0;
    Index neuron = 0;
    std::string value;        // y > 0, a whole number of any size in decimal digits
  };
  bool symmetric = false;     // needs T = Tᵀ; else one neuron alone contradicts itself
  std::vector<Multiplier> multipliers;
};

/// Whether `proof` holds for `patterns` (M × N, ±1), in whole numbers.
bool holds(const Impossibility& proof, const Matrix& patterns);

/// Weights of zero diagonal and biases with every margin ξ_i(Σ_j W_ij ξ_j + b_i) positive.
struct Solution {
  Matrix weights;   // N × N
  Vector bias;      // N
};

/// What linear programming says about storing `patterns` at outputs of ±1 by visible units with zero diagonal, each neuron by
/// itself.
struct Storability {
  std::vector<Index> impossible;               // neurons that no weights serve
  std::optional<Impossibility> impossibility;  // that of the shortest proof, when there is an impossible neuron
  Solution solution;                           // rows of the neurons that are served; W ≠ Wᵀ in general
};
Storability storability(const Matrix& patterns);

/// The proof for T = Tᵀ, all neurons together; empty when symmetric weights exist, and then `solution` is such.
std::optional<Impossibility> symmetric_impossibility(const Matrix& patterns, Solution& solution);

}  // namespace basin
