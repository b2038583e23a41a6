#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/design/design.hpp"
#include "sim/atlas/plane.hpp"

namespace basin {

/// How the starts of a set are made.
enum class StartKind {
  flips,       // a memory with some of its signs turned, at the amplitude of the design
  amplitude,   // the same number of signs turned at every amplitude
  signs,       // independent random signs at the amplitude of the design
  box,         // u uniformly random in the box |u_i − θ_i| ≤ B, into which every trajectory goes
  slice,       // the cells of a plane
  newton       // as box, but Newton's method starts there and nothing is integrated
};
/// "flips", "amplitude", "signs", "box", "slice", "newton".
const char* to_string(StartKind kind);

/// Starts that differ in their draw, or their cell, alone.
struct StartSet {
  StartKind kind = StartKind::flips;
  std::uint32_t point = 0;    // which of the kind's sets
  int flips = 0;              // signs turned
  double amplitude = 0.0;     // of |u|; of a box half its side
  std::size_t count = 0;
};

/// Those of its memories; of a design without memories all.
Index visible_neurons(const Design& design);

/// One start: u(0) of the visible neurons in the design's own coordinates.
struct Start {
  Vector u;
  int memory = -1;            // that it was made of; −1: none
};

/// Start `number` of a set: a function of the design's memories, thresholds and seed, the set's kind, point, flips and
/// amplitude, and the number alone. Starts of kinds flips and amplitude belong to memory `number` mod M. `plane` is the one
/// of a slice.
Start make_start(const Design& design, const StartSet& set, std::size_t number, const Plane* plane = nullptr);

/// Most starts in a set: what is left of a counter's word beside kind and point.
inline constexpr std::size_t most_starts = std::size_t{1} << 21U;

}  // namespace basin
