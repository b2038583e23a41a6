#pragma once

#include <cstddef>
#include <vector>

#include "models/ode/ensemble.hpp"

namespace basin {

/// Hebb's rule on M random memories of N neurons, zeroed diagonal, gain 4, τ = 1; cues are memories at half amplitude
/// with 0 … 40 % of the signs flipped, so that some settle long before others.
struct EnsembleProblem {
  static constexpr std::uint64_t seed = 1;
  EnsembleProblem(Index neurons, Index memories, std::size_t cues);

  [[nodiscard]] EnsembleCue cue(std::size_t number) const;

  Circuit circuit;
  Factors factors;   // of the same weights
  std::vector<Vector> starts;
};

}  // namespace basin
