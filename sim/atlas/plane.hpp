#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "models/design/design.hpp"

namespace basin {

/// Cells along each side of a slice: odd, so that one of them is its middle.
inline constexpr std::size_t slice_cells = 81;

/// A plane in the space of the visible neurons' u(0), in the design's own coordinates: a square of it, seen along two
/// directions of length 1 at right angles.
struct Plane {
  std::vector<int> memories;     // two or three that it goes through, at `amplitude` times their signs
  Vector origin;                 // the first of them
  Vector across;                 // towards the second
  Vector up;                     // to the side of the third; drawn at random when there are two
  double left = 0.0;             // of the square, counted from the origin along `across`
  double bottom = 0.0;           // along `up`
  double side = 0.0;
  std::vector<std::array<double, 2>> marks;   // where the memories are

  /// u(0) at the middle of a cell; rows from the top, from left to right.
  [[nodiscard]] Vector point(std::size_t cell) const;
  /// "A, B, C", or "A, B and a random direction".
  [[nodiscard]] std::string title(const MemorySpec& memory) const;
  /// "A-B-C" with every character that a file name should not have made '_'.
  [[nodiscard]] std::string file_part(const MemorySpec& memory) const;
};

/// The plane through two or three memories of the design. A random direction depends on cues.seed and `number` alone. The
/// design must have at least two neurons, and the memories must differ.
Plane plane_through(const Design& design, const std::vector<int>& memories, double amplitude, std::uint32_t number);

/// The memories that "A,B" or "A,B,C" names. Throws InputError, which says what is allowed.
std::vector<int> slice_memories(const MemorySpec& memory, const std::string& text);

}  // namespace basin
