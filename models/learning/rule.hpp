#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/circuit/factors.hpp"
#include "models/design/design.hpp"
#include "models/design/error.hpp"
#include "models/learning/contradiction_error.hpp"
#include "models/learning/storability.hpp"

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
  std::vector<Condition> contradiction;    // max-margin: of which no weights meet all; empty: none found
  std::vector<std::string> remarks;   // e.g. "neuron 3: zeroing the diagonal disconnects it"

  // Of the rules `any` and `sequence`, whose weights are made for the circuit's gain.
  HiddenUnits hidden;                 // after the visible neurons

  // Of rule `any` alone.
  Matrix states;                      // V of the memories over all neurons in core coordinates, M × (N + hidden units)
  int weight_bits = 0;                // that hold every weight exactly (also of learned integers); 0: the rule asks for none
  double steepness = 0.0;             // L = λ κ of the least gain and margin
  std::optional<Impossibility> impossibility;   // why visible units alone can't at outputs of ±1
};

/// The request of `any` that visible units alone must do, when they can't at outputs of ±1.
class ImpossibleError : public ClaimError {
 public:
  ImpossibleError(const std::string& message, Impossibility proof) : ClaimError(message), proof_(std::move(proof)) {}
  [[nodiscard]] const Impossibility& proof() const { return proof_; }

 private:
  Impossibility proof_;
};

/// Whether the rule's result is a form of the patterns: hebb with every weight, pseudo-inverse.
bool has_factors(const MemorySpec& memory);
/// Runs the rule of the design (docs/learning.md, docs/learn.md; one file a rule) within its restrictions. Keep::factors needs
/// has_factors(memory). Throws ClaimError when the restrictions let nothing store the memories; where that is proved, for rule `any`
/// ImpossibleError, for the learners of restrictions ContradictionError.
Learned learn(const Design& design, Keep keep = Keep::matrix);
/// The same of a rule that needs the patterns alone: any but `any`, `polynomial` and `sequence`.
Learned learn(const MemorySpec& memory, Keep keep = Keep::matrix);
/// Takes weights and biases made for outputs in (−1, 1) to the ranges that the design gives its neurons, `unipolar` of the first of
/// them: an output in (0, 1), V = (1 + V′)/2, counts twice and adds to b.
void to_ranges(const std::vector<bool>& unipolar, Learned& learned);
/// κ^μ and its neuron for any weights; used for explicit weights too. `patterns` is M × N.
void set_margins(Learned& learned, const Matrix& patterns);

}  // namespace basin
