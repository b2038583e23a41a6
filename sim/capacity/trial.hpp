#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/learning/rule.hpp"
#include "sim/capacity/plan.hpp"

namespace basin {

/// What one trial found: an entry a recall.
struct TrialOutcome {
  std::vector<double> overlaps;        // m = ξ·V/N with the memory that the start was made of, V in (−1, 1)
  std::vector<double> sign_overlaps;   // the same of the signs of V, where |V| ≤ 0.01 counts as wrong
  int unsettled = 0;
  int fewest_bits = 0;                 // of the search for weight bits; 0: none stores every memory
  std::uint64_t words = 0;             // state words of the RTL compared with the fixed-point model's
  std::uint64_t cycles = 0;            // of the RTL
  std::string mismatch;                // the first word that differed; "" when none did
};

/// A recall has come back when at most one neuron in twenty has the wrong sign.
inline constexpr double recalled_overlap = 0.9;

/// Weight bits that a search tries.
inline constexpr int least_weight_bits = 2;
inline constexpr int most_weight_bits = 16;

/// What a rule made of the memories of one trial, for all the cells with Cell::same_weights: learned when first asked for.
class TrialWeights {
 public:
  /// `memory` has the same patterns and rule at every call.
  const Learned& of(const MemorySpec& memory, Keep keep = Keep::matrix);

 private:
  std::optional<Learned> matrix_, factors_;
};

/// One trial of the cell: a function of design, cell and number alone. `weights` are those of the trial of that number.
TrialOutcome run_trial(const Design& design, const Cell& cell, int trial, TrialWeights& weights);

/// The kinds of trial that run_trial() chooses between.
TrialOutcome sign_trial(const Design& design, const Cell& cell, const Draw& draw, TrialWeights& weights);
TrialOutcome reference_trial(const Design& design, const Cell& cell, const Draw& draw, TrialWeights& weights);
TrialOutcome hardware_trial(const Design& design, const Cell& cell, const Draw& draw, TrialWeights& weights);
TrialOutcome fewest_bits_trial(const Design& design, const Cell& cell, const Draw& draw, TrialWeights& weights);

/// Adds recall `r` that ended in the bipolar outputs `v`.
void add_recall(TrialOutcome& outcome, const Draw& draw, Index r, const Vector& v);

}  // namespace basin
