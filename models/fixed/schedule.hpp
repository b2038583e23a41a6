#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace basin {

/// Where a recall is in its phases (docs/arithmetic.md §5).
class Schedule {
 public:
  /// Before a step. `lengths` are those of every phase but the last. Returns whether a phase begins with the step.
  bool enter(std::span<const std::uint32_t> lengths) {
    const bool begins = phase_ < lengths.size() && made_ >= lengths[phase_];
    if (begins) {
      made_ = 0;
      do ++phase_;
      while (phase_ < lengths.size() && lengths[phase_] == 0);
    }
    ++made_;
    return begins;
  }
  /// Of the step that enter() was called for; 0 before the first.
  [[nodiscard]] std::size_t phase() const { return phase_; }
  [[nodiscard]] bool last(std::span<const std::uint32_t> lengths) const { return phase_ >= lengths.size(); }

 private:
  std::size_t phase_ = 0;
  std::uint64_t made_ = 0;   // steps, in this phase
};

}  // namespace basin
