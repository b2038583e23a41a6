#include "models/fixed/batch_runs.hpp"

namespace basin::batch {
namespace {

/// One recall with its neurons side by side and its dot products kept.
class Recall {
 public:
  Recall(const Plan& plan, const FixedNumber& number)
      : plan_(plan),
        number_(number),
        sum_(plan.padded()),
        state_(plan.padded()),
        narrow_difference_(plan.constants().wide ? 0 : plan.padded()),
        wide_difference_(plan.constants().wide ? plan.padded() : 0),
        output_(plan.padded()),
        changed_(plan.padded()),
        change_(plan.padded()),
        held_(plan.padded()) {
    single_.sum = sum_.data();
    single_.state = state_.data();
    single_.difference = plan.constants().wide ? static_cast<void*>(wide_difference_.data()) : narrow_difference_.data();
    single_.output = output_.data();
    single_.changed = changed_.data();
    single_.change = change_.data();
    single_.held = held_.data();
  }

  /// With sums of zero, every output that is not zero has changed.
  void load(const RawCue& cue) {
    const std::size_t size = number_.size();
    single_.bias = cue.bias.empty() ? plan_.constants().bias : cue.bias.data();
    single_.changes = 0;
    for (std::size_t i = 0; i < size; ++i) {
      sum_[i] = 0;
      state_[i] = cue.state[i];
      output_[i] = static_cast<std::int32_t>(number_.activate(i, cue.state[i]));
      if (output_[i] == 0) continue;
      changed_[static_cast<std::size_t>(single_.changes)] = static_cast<std::int32_t>(i);
      change_[static_cast<std::size_t>(single_.changes)] = output_[i];
      ++single_.changes;
    }
  }

  /// From the next step on.
  void hold(std::span<const std::uint8_t> masks, std::size_t phase) {
    put_held(masks, phase, [&](std::size_t i, std::int32_t held) { held_[i] = held; });
  }

  /// Returns the flags.
  std::int32_t step(std::int32_t fresh) {
    single_.fresh = fresh;
    plan_.kernels().step_single(plan_.constants(), single_);
    return single_.flags;
  }

  [[nodiscard]] std::span<const std::int32_t> state() const { return {state_.data(), number_.size()}; }

 private:
  const Plan& plan_;
  const FixedNumber& number_;
  Aligned<std::int32_t> sum_, state_, narrow_difference_;
  Aligned<std::int64_t> wide_difference_;
  Aligned<std::int32_t> output_, changed_, change_, held_;
  Single single_;
};

}  // namespace

std::vector<RawRecall> run_events(const Plan& plan, const FixedNumber& number, std::span<const RawCue> cues,
                                  const BatchObserver& observer) {
  std::vector<RawRecall> recalls;
  recalls.reserve(cues.size());
  Recall recall(plan, number);
  for (std::size_t cue = 0; cue < cues.size(); ++cue) {
    recall.load(cues[cue]);
    Course course(number.network());
    const std::span<const std::uint8_t> masks = cues[cue].clamp.empty() ? number.network().clamps : cues[cue].clamp;
    for (bool ended = false; !ended;) {
      if (course.enter()) recall.hold(masks, course.phase());
      const std::int32_t flags = recall.step(course.fresh());
      ended = course.step((flags & flag_moved) != 0, (flags & flag_overflow) != 0);
      if (observer) observer(course.seen(cue, recall.state()));
    }
    recalls.push_back(course.recall({recall.state().begin(), recall.state().end()}));
  }
  return recalls;
}

}  // namespace basin::batch
