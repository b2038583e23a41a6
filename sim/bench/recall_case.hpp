#pragma once

#include <filesystem>

#include "models/circuit/circuit.hpp"

namespace basin {

/// One recall of a Hebbian network: random memories, a cue with a fifth of its entries flipped, tanh units, τ = 1.
struct RecallCase {
  Circuit circuit;       // with its factors
  Vector start;          // u(0)
  double t_end = 10.0;   // τ: the recall has settled by then

  [[nodiscard]] Index size() const { return start.size(); }
};

/// `dense`: whether the N × N matrix is made as well.
RecallCase make_recall_case(Index neurons, Index memories, bool dense = true);

/// Writes what the Python rivals read: case.json (neurons, gain, rtol, atol), weights.f64 and start.f64 (raw doubles, W row
/// by row).
void write_case(const RecallCase& recall, double rtol, double atol, const std::filesystem::path& folder);

}  // namespace basin
