#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/capacity/plan.hpp"

namespace basin {

/// What one trial found: an entry a recall.
struct TrialOutcome {
  std::vector<double> overlaps;        // m = ξ·V/N with the memory that the start was made of, V in (−1, 1)
  std::vector<double> sign_overlaps;   // the same of the signs of V, where |V| ≤ 0.01 counts as wrong
  int unsettled = 0;
  int fewest_bits = 0;                 // of the search for weight bits; 0: none of 2 … 16 stores every memory
  std::uint64_t words = 0;             // state words of the RTL compared with the fixed-point model's
  std::uint64_t cycles = 0;            // of the RTL
  std::string mismatch;                // the first word that differed; "" when none did
};

/// A recall has come back when at most one neuron in twenty has the wrong sign.
inline constexpr double recalled_overlap = 0.9;

/// One trial of the cell: a function of design, cell and number alone.
TrialOutcome run_trial(const Design& design, const Cell& cell, int trial);

/// The kinds of trial that run_trial() chooses between.
TrialOutcome sign_trial(const Design& design, const Cell& cell, const Draw& draw);
TrialOutcome reference_trial(const Design& design, const Cell& cell, const Draw& draw);
TrialOutcome hardware_trial(const Design& design, const Cell& cell, const Draw& draw);
TrialOutcome fewest_bits_trial(const Design& design, const Cell& cell, const Draw& draw);

/// Adds recall `r` that ended in the bipolar outputs `v`.
void add_recall(TrialOutcome& outcome, const Draw& draw, Index r, const Vector& v);

}  // namespace basin
