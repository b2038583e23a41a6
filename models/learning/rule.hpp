#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/circuit/factors.hpp"
#include "models/design/design.hpp"

namespace basin {

/// How W is kept: as the N × N matrix, with factors beside it where there are any, or as factors alone.
enum class Keep { matrix, factors };

/// What a learning rule made of M patterns of N bipolar units.
struct Learned {
  Matrix weights;                     // W, N × N; empty when the factors alone are kept
  Vector bias;                        // b, N
  Vector margins;                     // κ^μ = min_i ξ_i(Σ_j W_ij ξ_j + b_i), M
  std::vector<int> weakest;           // neuron of each κ^μ, M
  double exact_scale = 0.0;           // every weight is an integer multiple of this; 0 when not
  int epochs = 0;                     // perceptron, max-margin: passes used; unlearning: states unlearned
  std::int64_t mistakes = 0;          // perceptron: times that a neuron's margin was short
  bool converged = true;              // perceptron: every margin reached; max-margin: proved the largest
  std::shared_ptr<const Factors> factors;  // W again where the rule is a form of the patterns: hebb, pseudo-inverse
  std::vector<std::string> remarks;   // e.g. "neuron 3: zeroing the diagonal disconnects it"
};

/// Whether the rule's result is a form of the patterns: hebb with every weight, pseudo-inverse.
bool has_factors(const MemorySpec& memory);
/// Runs the rule of `memory` (docs/learning.md; one file a rule) within its restrictions. Keep::factors needs
/// has_factors(memory). Throws ClaimError when the restrictions let nothing store the memories.
Learned learn(const MemorySpec& memory, Keep keep = Keep::matrix);
/// κ^μ and its neuron for any weights; used for explicit weights too. `patterns` is M × N.
void set_margins(Learned& learned, const Matrix& patterns);

}  // namespace basin
