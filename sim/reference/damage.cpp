#include "sim/reference/damage.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/design/random.hpp"

namespace basin {
namespace {

Vector shifted(const Vector& picture, const MemorySpec& memory, const CueSpec& cues) {
  Vector moved = Vector::Constant(picture.size(), -1.0);
  for (Index y = 0; y < memory.image_height; ++y) {
    for (Index x = 0; x < memory.image_width; ++x) {
      const Index from_x = x - cues.shift_right, from_y = y - cues.shift_down;
      const bool inside = from_x >= 0 && from_x < memory.image_width && from_y >= 0 && from_y < memory.image_height;
      if (inside) moved[y * memory.image_width + x] = picture[from_y * memory.image_width + from_x];
    }
  }
  return moved;
}

/// Side lengths as near to the picture's proportions as whole pixels of that area allow.
std::pair<Index, Index> covered_size(const MemorySpec& memory, double share) {
  const auto width = std::clamp<Index>(std::llround(memory.image_width * std::sqrt(share)), 1, memory.image_width);
  const double area = share * memory.image_width * memory.image_height;
  const auto height = std::clamp<Index>(std::llround(area / static_cast<double>(width)), 1, memory.image_height);
  return {width, height};
}

void cover(const MemorySpec& memory, double share, Random& random, Vector& picture) {
  const auto [width, height] = covered_size(memory, share);
  const Index left = random.below(static_cast<std::uint32_t>(memory.image_width - width + 1));
  const Index top = random.below(static_cast<std::uint32_t>(memory.image_height - height + 1));
  for (Index y = top; y < top + height; ++y) picture.segment(y * memory.image_width + left, width).setZero();
}

}  // namespace

Vector damaged_pattern(const Design& design, int cue) {
  const CueSpec& cues = design.cues;
  const Matrix& patterns = design.memory.patterns;
  Vector pattern = patterns.row(cue % patterns.rows());
  if (cues.shift_right != 0 || cues.shift_down != 0) pattern = shifted(pattern, design.memory, cues);
  const auto flips = static_cast<Index>(std::llround(cues.flip * static_cast<double>(pattern.size())));
  Random random(cues.seed, Stream::cue_flips, static_cast<std::uint32_t>(cue));
  for (const Index position : chosen(pattern.size(), flips, random)) pattern[position] *= -1.0;
  if (cues.occlude > 0.0) {
    Random place(cues.seed, Stream::cue_occlusion, static_cast<std::uint32_t>(cue));
    cover(design.memory, cues.occlude, place, pattern);
  }
  return pattern;
}

}  // namespace basin
