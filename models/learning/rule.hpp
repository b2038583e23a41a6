#pragma once

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
  int epochs = 0;                     // perceptron, max-margin: passes used
  bool converged = true;              // perceptron: every margin reached; max-margin: proved the largest
  std::shared_ptr<const Factors> factors;  // W again where the rule is a form of the patterns: hebb, pseudo-inverse
  std::vector<std::string> remarks;   // e.g. "neuron 3: zeroing the diagonal disconnects it"
};

/// Whether the rule's result is a form of the patterns: hebb, pseudo-inverse.
bool has_factors(Rule rule);
/// Runs the rule of `memory` (docs/math.md; one file a rule). Keep::factors needs has_factors(rule).
Learned learn(const MemorySpec& memory, Keep keep = Keep::matrix);
/// κ^μ and its neuron for any weights; used for explicit weights too. `patterns` is M × N.
void set_margins(Learned& learned, const Matrix& patterns);

}  // namespace basin
