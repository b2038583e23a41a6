#pragma once

#include <span>
#include <vector>

#include "models/fixed/batch.hpp"
#include "models/fixed/batch_plan.hpp"

/// The ways of BatchModel::recall, one function each. `number` is the network as the specification holds it.
namespace basin::batch {

std::vector<RawRecall> run_simple(const FixedNumber& number, std::span<const RawCue> cues, const BatchObserver& observer);
std::vector<RawRecall> run_blocks(const Plan& plan, const FixedNumber& number, std::span<const RawCue> cues,
                                  const BatchObserver& observer);
std::vector<RawRecall> run_events(const Plan& plan, const FixedNumber& number, std::span<const RawCue> cues,
                                  const BatchObserver& observer);

/// Counts the steps of one recall and knows its end (§5).
class Course {
 public:
  explicit Course(const FixedNetwork& network) : limit_(network.step_limit), order_(network.order) {}

  /// One step more, with the flags that it raised. Returns whether the recall is over.
  bool step(bool moved, bool overflow) {
    ++steps_;
    overflow_ = overflow_ || overflow;
    quiet_ = moved ? 0 : quiet_ + 1;
    settled_ = quiet_ >= order_;
    return settled_ || steps_ == limit_;
  }
  /// −1 when the next step is of order 1.
  [[nodiscard]] std::int32_t fresh() const { return steps_ == 0 || order_ == 1 ? -1 : 0; }
  [[nodiscard]] BatchStep seen(std::size_t cue, std::span<const std::int32_t> state) const {
    return {cue, steps_, state, settled_, overflow_};
  }
  [[nodiscard]] RawRecall recall(std::vector<std::int32_t> state) const {
    return {std::move(state), steps_, settled_, overflow_};
  }

 private:
  std::int64_t limit_;
  int order_;
  std::int64_t steps_ = 0;
  int quiet_ = 0;
  bool settled_ = false, overflow_ = false;
};

}  // namespace basin::batch
