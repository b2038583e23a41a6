#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/atlas/starts.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

/// Starts of every distance and amplitude unless the user says; of random kinds there are `random_factor` times as many.
inline constexpr std::size_t usual_starts = 240;
inline constexpr std::size_t random_factor = 8;
/// The most that --starts may be: random kinds must fit most_starts.
inline constexpr std::size_t largest_starts = 100000;
static_assert(largest_starts * random_factor <= most_starts);

/// What an atlas is made of.
struct AtlasPlan {
  std::vector<StartSet> sets;     // flips by distance, amplitude, signs, box, newton, then a slice a plane
  std::vector<Plane> planes;
  bool signs_alone = false;       // a first phase holds the visible neurons, so that of a start only its signs count
};

/// Throws InputError for a design whose recalls are no recalls from states, or end in no memory.
void require_atlas(const Design& design);

/// The sets for `starts` starts each. `slices`: what --slice names, each; empty: the first three memories, or two and a random
/// direction. Needs require_atlas(). Throws InputError for slices that can't be.
AtlasPlan plan_atlas(const Design& design, const Prepared& prepared, std::size_t starts, const std::vector<std::string>& slices);

/// How many starts a plan of `design` runs at most, known before it is prepared.
std::size_t planned_starts(const Design& design, std::size_t starts, std::size_t slices);

}  // namespace basin
