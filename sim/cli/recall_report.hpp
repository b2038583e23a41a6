#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/circuit/pattern_visits.hpp"
#include "models/design/design.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// One recall as the pictures and the memory table need it: views of what simulate or verify holds.
struct RecallView {
  int cue = 0;
  std::string target;
  std::string attractor;
  std::string status;
  std::string signs;
};
struct MemoryView {
  std::string name;
  std::optional<bool> stored;   // empty: not judged
  double margin = 0.0;
};

/// Whether any cue was made from a memory.
bool has_targets(const std::vector<RecallView>& recalls);
/// Name, sizes, rule, file and identity of what was run; `hidden` units were added to the design's neurons.
void print_subject(Terminal& terminal, const Design& design, std::size_t cues, Index hidden);
/// Name, margin, stored, and how many of its cues came back (end there, when cues have no memory of their own); the
/// weakest first where there are too many to show.
void print_memories(Terminal& terminal, const std::vector<MemoryView>& memories,
                    const std::vector<RecallView>& recalls);
/// Cue, end and memory of a few recalls as pictures; nothing when the patterns are no pictures.
void print_pictures(Terminal& terminal, const Design& design, const std::vector<RecallView>& recalls);
/// Where the results are.
void print_results_folder(Terminal& terminal, const std::filesystem::path& folder);

/// The memories that a cue's recall passed.
struct SequenceView {
  int cue = 0;
  std::vector<PatternVisit> visits;
  std::optional<double> period;
};
/// Of the first few cues that passed any: the memories in order with their times, once round, and the period.
void print_sequences(Terminal& terminal, const Design& design, const std::vector<SequenceView>& sequences);

}  // namespace basin::cli
