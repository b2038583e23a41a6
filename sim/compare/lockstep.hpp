#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/fixed/batch.hpp"
#include "sim/compare/verification.hpp"
#include "sim/engine.hpp"

namespace basin {

/// Every state of one recall, row-major: row k is the state after k steps.
struct RawTrace {
  std::size_t neurons = 0;
  std::vector<std::int32_t> words;

  [[nodiscard]] std::size_t rows() const { return words.size() / neurons; }
  [[nodiscard]] std::span<const std::int32_t> row(std::size_t k) const {
    return std::span(words).subspan(k * neurons, neurons);
  }
  [[nodiscard]] std::int64_t steps() const { return static_cast<std::int64_t>(rows()) - 1; }
};

/// What one engine did in one cue.
struct EngineCue {
  bool compared = true;               // false: the engine stayed out of this cue
  std::uint64_t steps = 0;
  std::uint64_t cycles = 0;
  bool overflow = false;
  std::optional<Mismatch> mismatch;   // the first; the engine rests after it
};

/// One recall on the golden model and on every other engine.
struct LockstepCue {
  RawTrace trace;                     // golden, up to the settle step or the step limit
  bool settled = false;
  std::vector<EngineCue> engines;     // as the engines given
};

/// Runs `engines` (golden first) step by step from `cue` until golden settles or `step_limit` steps, and compares every
/// word of every state, and settling and overflow, with golden's. Engines that `stay_out` marks are left alone.
LockstepCue run_lockstep(std::span<const std::unique_ptr<Engine>> engines, const RawCue& cue, int index,
                         std::int64_t step_limit, const std::vector<bool>& stay_out = {});

}  // namespace basin
