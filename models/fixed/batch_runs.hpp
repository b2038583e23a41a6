#pragma once

#include <span>
#include <vector>

#include "models/fixed/batch.hpp"
#include "models/fixed/batch_plan.hpp"
#include "models/fixed/schedule.hpp"

/// The ways of BatchModel::recall, one function each. `number` is the network as the specification holds it.
namespace basin::batch {

std::vector<RawRecall> run_simple(const FixedNumber& number, std::span<const RawCue> cues, const BatchObserver& observer);
std::vector<RawRecall> run_blocks(const Plan& plan, const FixedNumber& number, std::span<const RawCue> cues,
                                  const BatchObserver& observer);
std::vector<RawRecall> run_events(const Plan& plan, const FixedNumber& number, std::span<const RawCue> cues,
                                  const BatchObserver& observer);

/// −1 for every neuron that `masks` (n, of the network or of a cue) hold in `phase`, else 0.
template <class Put>
void put_held(std::span<const std::uint8_t> masks, std::size_t phase, Put put) {
  for (std::size_t i = 0; i < masks.size(); ++i) put(i, (masks[i] >> phase & 1) != 0 ? -1 : 0);
}

/// Counts the steps of one recall and knows its phase and its end (§5).
class Course {
 public:
  /// Keeps a reference to `network`.
  explicit Course(const FixedNetwork& network)
      : lengths_(network.phase_steps), limit_(network.step_limit), order_(network.order) {}

  /// Before a step. Returns whether it is the first of a phase, the first of all included.
  bool enter() {
    begins_ = schedule_.enter(lengths_) || steps_ == 0;
    if (begins_) quiet_ = 0;
    return begins_;
  }
  /// Of the step that enter() was called for.
  [[nodiscard]] std::size_t phase() const { return schedule_.phase(); }
  /// −1 when that step is of order 1.
  [[nodiscard]] std::int32_t fresh() const { return begins_ || order_ == 1 ? -1 : 0; }
  /// The step was made, with the flags that it raised. Returns whether the recall is over.
  bool step(bool moved, bool overflow) {
    ++steps_;
    overflow_ = overflow_ || overflow;
    quiet_ = moved ? 0 : quiet_ + 1;
    settled_ = schedule_.last(lengths_) && quiet_ >= order_;
    return settled_ || steps_ == limit_;
  }
  [[nodiscard]] BatchStep seen(std::size_t cue, std::span<const std::int32_t> state) const {
    return {cue, steps_, state, settled_, overflow_};
  }
  [[nodiscard]] RawRecall recall(std::vector<std::int32_t> state) const {
    return {std::move(state), steps_, settled_, overflow_};
  }

 private:
  std::span<const std::uint32_t> lengths_;
  std::int64_t limit_;
  int order_;
  Schedule schedule_;
  bool begins_ = true;
  std::int64_t steps_ = 0;
  int quiet_ = 0;
  bool settled_ = false, overflow_ = false;
};

}  // namespace basin::batch
