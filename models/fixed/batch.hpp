#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "models/fixed/fixed_number.hpp"

namespace basin {

/// What a cue loads.
struct RawCue {
  std::vector<std::int32_t> state;    // n
  std::vector<std::int32_t> bias;     // n; empty: the network's own
  std::vector<std::uint8_t> clamp;    // n masks; empty: the network's own
};

/// How a recall ended.
struct RawRecall {
  std::vector<std::int32_t> state;    // n, after the last step
  std::int64_t steps = 0;             // made: to settling, or to the step limit
  bool settled = false;
  bool overflow = false;              // in any of its steps
};

/// One step of one recall of a batch, as it happens. Steps of a cue come in order; those of different cues interleave.
struct BatchStep {
  std::size_t cue = 0;
  std::int64_t step = 0;              // 1 …
  std::span<const std::int32_t> state;
  bool settled = false;
  bool overflow = false;
};
using BatchObserver = std::function<void(const BatchStep&)>;

namespace batch {
class Plan;
struct Kernels;
}  // namespace batch

/// How a batch computes its sums. Every way gives the same bits.
enum class BatchForm {
  automatic,   // the fastest, by the size of the network, its formats and the number of cues
  simple,      // Stepper<FixedNumber>, the readable specification
  block,       // many cues side by side, every product of every step
  event        // one cue at a time, the products of changed outputs alone (docs/decisions/0001)
};

/// The golden model for many cues: bit for bit what Stepper<FixedNumber> computes (docs/arithmetic.md), with vector
/// instructions that the machine is asked for at run time.
class BatchModel {
 public:
  /// Throws std::invalid_argument when the network does not fit its configuration. `kernels`: those to use; null for the
  /// fastest that the machine runs.
  explicit BatchModel(FixedNetwork network, const batch::Kernels* kernels = nullptr);
  ~BatchModel();

  /// Runs every cue until it settles or has made the network's step limit (0: no limit), as a start after a load does. Cues
  /// must have n states, and n biases and masks that fit or none (std::invalid_argument). Depends on nothing but its arguments; may be
  /// called by several threads at once.
  [[nodiscard]] std::vector<RawRecall> recall(std::span<const RawCue> cues, const BatchObserver& observer = {},
                                              BatchForm form = BatchForm::automatic) const;
  /// Which form `automatic` is for that many cues.
  [[nodiscard]] BatchForm form_for(std::size_t cues) const;
  /// Whether a form can run this network at all.
  [[nodiscard]] bool allows(BatchForm form) const;
  [[nodiscard]] const FixedNetwork& network() const { return number_.network(); }

 private:
  FixedNumber number_;
  std::unique_ptr<const batch::Plan> plan_;   // null: too wide for the kernels, or with delays
};

}  // namespace basin
