#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sim/atlas/recalls.hpp"

namespace basin {

/// Asks how far a start is from the end of its basin. States of all neurons, core coordinates.
struct BoundaryQuery {
  Vector start;
  Vector own;        // the equilibrium that the circuit goes to from `start`
  Vector other;      // an equilibrium in whose basin the boundary's other side is looked for
};

/// Distance of a start from a point of the boundary of its basin.
struct BoundaryDistance {
  double euclidean = 0.0;    // √Σ Δu_i², unit of u
  double largest = 0.0;      // max |Δu_i|, unit of u
  bool on_segment = false;   // found on the segment to `other`, not on the ray
};

/// For each query a point at which the realised circuit no longer ends in `own`, found by bisection to 1e-7 B, on the ray from
/// `start` in the direction other − own; where that meets none within 2|other − own|, on the segment from `start` to `other`.
/// The true distance is at most that. The first bracket is found by doubling 1e-3 of the largest length. Empty where there is none
/// on either. On `jobs` threads, with the same result for every number; `done` hears how many queries are answered.
std::vector<std::optional<BoundaryDistance>> boundary_distances(const Recalls& recalls, std::span<const BoundaryQuery> queries,
                                                                int jobs, const std::function<void(std::size_t done)>& done = {});

}  // namespace basin
