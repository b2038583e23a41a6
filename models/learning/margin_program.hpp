#pragma once

#include <string>
#include <vector>

#include "models/learning/contradiction_error.hpp"
#include "models/learning/weight_space.hpp"

namespace basin {

/// What a MarginProgram may use besides weights off the diagonal. A price is what the square of that unknown costs in ½Σ, against 1
/// of a weight.
struct MarginTerms {
  bool symmetric = true;        // W_ij = W_ji
  double bias_share = 0.0;      // 1/price of b_i; 0: no biases
  Vector self_share{};          // 1/price of W_ii ≥ 0, N; 0 or empty: none there
};

/// min ½ Σ W² (each weight once), with biases and weights to itself at their prices, subject to ξ_i^μ(Σ_j W_ij ξ_j^μ + b_i) ≥ 1 for every neuron
/// and memory and to the bounds of a WeightSpace, by its dual: W is what the space allows of Σ_{μ,i} a_i^μ ξ_i^μ ξ^μ, a ≥ 0, one coordinate exactly at a time
/// (Hildreth 1957). Symmetric weights make it one program, other weights one a neuron.
class MarginProgram {
 public:
  /// `patterns` is M × N, entries ±1, and must outlive the program.
  MarginProgram(const Matrix& patterns, WeightSpace space);
  MarginProgram(const Matrix& patterns, MarginTerms terms);

  /// One pass over all coordinates, in file order.
  void pass();
  /// Passes until the gap is at most `gap`, until passes() is `most`, or until impossibility() proves that none helps. Goes on
  /// where it was. Returns passes().
  int run(double gap, int most);
  /// How many were made.
  [[nodiscard]] int passes() const { return passes_; }

  /// κ_i = min_μ ξ_i^μ(Σ_j W_ij ξ_j^μ + b_i), N; of the whole program, the least of them, where weights are symmetric.
  [[nodiscard]] Vector margins() const;
  [[nodiscard]] double margin() const { return margins().minCoeff(); }
  /// Whether it is one program over all neurons.
  [[nodiscard]] bool is_joint() const { return space_.symmetric; }
  /// What is minimised, of all programs together.
  [[nodiscard]] double norm() const;
  /// Never above the least norm() that any allowed W and b of margin 1 have.
  [[nodiscard]] double dual() const { return multipliers_.sum() - norm(); }
  /// Duality gap relative to the primal value, the largest of all programs; 1 while a margin is not positive.
  [[nodiscard]] double gap() const;
  /// W, N × N, the diagonal included where it is allowed.
  [[nodiscard]] const Matrix& weights() const { return weights_; }
  [[nodiscard]] const Vector& bias() const { return bias_; }
  /// W with every program scaled to its margin `margin`; as it is where a margin is not positive.
  [[nodiscard]] Matrix scaled(double margin) const;
  /// No allowed W with every |W_ij| ≤ 1 has a margin above this: Σ a κ ≤ Σ |what the space allows of Σ a x| (the least over the
  /// programs).
  [[nodiscard]] double ceiling() const;
  /// Conditions of which no allowed W meets all: in whole numbers, the space allows nothing of Σ times·x but zero (or but the
  /// wrong sign), so that Σ times·(ξ_i Σ_j W_ij ξ_j) ≤ 0 for every W. Empty: not found (yet),
  /// or not looked for, where there are biases or weights of a neuron to itself.
  [[nodiscard]] const std::vector<Condition>& impossibility() const { return impossibility_; }

 private:
  [[nodiscard]] bool has_own_terms() const { return terms_.bias_share > 0.0 || terms_.self_share.maxCoeff() > 0.0; }
  void improve(Index m, Index i, const Vector& pattern);
  /// ½ Σ W² of the program of neuron i.
  [[nodiscard]] double norm(Index i) const;
  [[nodiscard]] double multipliers(Index i) const;
  [[nodiscard]] double gap_of(Index i, double margin) const;
  void look_for_impossibility();
  [[nodiscard]] std::vector<Condition> contradiction() const;
  [[nodiscard]] std::vector<Condition> rounded(Index i, double unit) const;
  [[nodiscard]] std::vector<Condition> pruned(std::vector<Condition> conditions) const;
  [[nodiscard]] bool proves(const std::vector<Condition>& conditions) const;

  const Matrix& patterns_;
  WeightSpace space_;
  MarginTerms terms_;
  Matrix sums_, weights_;   // N × N: Σ a x, and what the space allows of it; the first is empty when that is all of it
  Matrix multipliers_;      // a, M × N
  Vector bias_;
  std::vector<Condition> impossibility_;
  int passes_ = 0;
  int next_look_ = 4;       // for an impossibility: its pass
};

/// "no allowed weights …: in the sum of the margins 1 × (neuron 2, memory A) + … no weight can help", for messages. Of many
/// conditions the first, how many more there are, and where the whole is.
std::string impossibility_text(const std::vector<Condition>& conditions, const MemorySpec& memory);

/// Throws ContradictionError when `program`, which has run over the memories in their space, has found the certificate that the
/// restriction lets no weights store them; else ClaimError: `failure`, with the margin that is proved out of reach.
[[noreturn]] void refuse_restriction(const MemorySpec& memory, const MarginProgram& program, const std::string& failure);

}  // namespace basin
