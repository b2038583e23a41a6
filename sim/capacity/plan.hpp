#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/capacity/sign_dynamics.hpp"
#include "models/design/design.hpp"

namespace basin {

/// One cell of the table: everything that its trials have in common.
struct Cell {
  int neurons = 0;
  int patterns = 0;
  Rule rule = Rule::hebb;
  double gain = 0.0;
  double flip = 0.0;
  std::string engine;                // "reference", "golden" or "verilator"
  std::optional<int> weight_bits;    // of the engines of integers; empty: hardware.weight
  bool sign = false;                 // two-valued neurons, which have no gain

  [[nodiscard]] double load() const { return static_cast<double>(patterns) / neurons; }
  /// Whether the two differ in their numbers of neurons and memories at most.
  [[nodiscard]] bool same_settings(const Cell& other) const;
  /// Whether the two differ in their number of memories at most: points of one curve.
  [[nodiscard]] bool same_curve(const Cell& other) const { return neurons == other.neurons && same_settings(other); }
  /// Whether a trial of the two has the same memories and makes the same weights of them.
  [[nodiscard]] bool same_weights(const Cell& other) const {
    return neurons == other.neurons && patterns == other.patterns && rule == other.rule;
  }
};

/// The cells of the design's [capacity], curve by curve, each by rising number of memories. Throws InputError without such a
/// section, and ClaimError, with the number that would do, for more memories than a rule can make weights of.
std::vector<Cell> cells_of(const Design& design);

/// What the cell's outcome depends on, as 64 hexadecimal digits: its own settings and those of the design that it uses, no
/// others. Of engine "verilator" that is `rtl` too: RtlSources::text, of which hardware.id is made.
std::string cell_id(const Design& design, const Cell& cell, std::string_view rtl);

/// Recalls that every trial of the cell makes: none where it searches for weight bits.
int recalls_of(const CapacitySpec& spec, const Cell& cell);

/// The memories of one trial and the starts of its recalls: start r is memory r with round(flip·N) neurons turned. Philox
/// streams keyed by seed, N and M, so that a cell is the same beside any other cells, and rules, gains and engines are
/// compared on the same memories.
struct Draw {
  SignMatrix patterns;   // M × N, all different
  SignMatrix starts;     // R × N
};
Draw draw_trial(const Design& design, const Cell& cell, int trial);

/// The design that the cell stands for with these memories: its cues are the starts, row by row.
Design trial_design(const Design& design, const Cell& cell, const Draw& draw);

}  // namespace basin
