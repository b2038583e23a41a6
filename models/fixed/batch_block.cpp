#include <algorithm>
#include <array>
#include <optional>

#include "models/fixed/batch_runs.hpp"

namespace basin::batch {
namespace {

constexpr auto width = static_cast<std::size_t>(block_width);

/// block_width columns of cues under way, the used ones first. A recall that ends makes room for the next cue, or for the
/// last column.
class Columns {
 public:
  Columns(const Plan& plan, const FixedNumber& number, bool own_biases)
      : plan_(plan),
        number_(number),
        size_(number.size()),
        state_(size_ * width),
        narrow_difference_(plan.constants().wide ? 0 : size_ * width),
        wide_difference_(plan.constants().wide ? size_ * width : 0),
        output_((size_ + 1) / 2 * width),
        next_output_((size_ + 1) / 2 * width),
        bias_(own_biases ? size_ * width : 0),
        held_(number.network().core.phases > 0 ? size_ * width : 0) {}

  [[nodiscard]] std::size_t used() const { return used_; }
  [[nodiscard]] std::size_t cue(std::size_t column) const { return cues_[column]; }
  [[nodiscard]] const Course& course(std::size_t column) const { return *courses_[column]; }

  /// Puts a cue into a used column that is free again, or into the first unused one.
  void load(std::size_t column, std::size_t cue, const RawCue& raw) {
    used_ = std::max(used_, column + 1);
    cues_[column] = cue;
    masks_[column] = raw.clamp.empty() ? number_.network().clamps : raw.clamp;
    courses_[column].emplace(number_.network());
    for (std::size_t i = 0; i < size_; ++i) {
      state_[i * width + column] = raw.state[i];
      set_output(i, column, static_cast<std::int32_t>(number_.activate(i, raw.state[i])));
      if (bias_.data() != nullptr) bias_[i * width + column] = raw.bias.empty() ? number_.network().biases[i] : raw.bias[i];
    }
  }

  /// Moves the last used column into a free one.
  void close(std::size_t column) {
    const std::size_t last = --used_;
    if (column == last) return;
    cues_[column] = cues_[last];
    masks_[column] = masks_[last];
    courses_[column] = courses_[last];
    for (std::size_t i = 0; i < size_; ++i) {
      move_word(state_, i, last, column);
      move_word(narrow_difference_, i, last, column);
      move_word(wide_difference_, i, last, column);
      move_word(bias_, i, last, column);
      move_word(held_, i, last, column);
      if (i % 2 == 0) move_word(output_, i / 2, last, column);
    }
  }

  /// One step of every used column.
  void step() {
    for (std::size_t c = 0; c < width; ++c) fresh_[c] = -1;
    for (std::size_t c = 0; c < used_; ++c) enter(c);
    Block block;
    block.cues = static_cast<int>(used_);
    block.state = state_.data();
    block.difference = plan_.constants().wide ? static_cast<void*>(wide_difference_.data()) : narrow_difference_.data();
    block.output = output_.data();
    block.next_output = next_output_.data();
    block.bias = bias_.data();
    block.held = held_.data();
    block.fresh = fresh_.data();
    block.flags = flags_.data();
    plan_.kernels().step_block(plan_.constants(), block);
    std::swap(output_, next_output_);
  }

  /// Whether the recall in this column ended with the step just made. Asked once a step.
  bool ended(std::size_t column) {
    const std::int32_t flags = flags_[column];
    return courses_[column]->step((flags & flag_moved) != 0, (flags & flag_overflow) != 0);
  }

  void read(std::size_t column, std::vector<std::int32_t>& state) const {
    state.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) state[i] = state_[i * width + column];
  }

 private:
  /// Before a step: the phase of the recall in this column.
  void enter(std::size_t column) {
    const bool begins = courses_[column]->enter();
    fresh_[column] = courses_[column]->fresh();
    if (!begins) return;
    put_held(masks_[column], courses_[column]->phase(),
             [&](std::size_t i, std::int32_t held) { held_[i * width + column] = held; });
  }

  template <class Value>
  static void move_word(Aligned<Value>& values, std::size_t row, std::size_t from, std::size_t to) {
    if (values.data() != nullptr) values[row * width + to] = values[row * width + from];
  }

  void set_output(std::size_t i, std::size_t column, std::int32_t code) {
    auto word = static_cast<std::uint32_t>(output_[i / 2 * width + column]);
    const auto bits = static_cast<std::uint32_t>(code) & 0xffffU;
    word = i % 2 == 0 ? (word & 0xffff0000U) | bits : (word & 0xffffU) | bits << 16;
    output_[i / 2 * width + column] = static_cast<std::int32_t>(word);
  }

  const Plan& plan_;
  const FixedNumber& number_;
  std::size_t size_;
  std::size_t used_ = 0;
  std::array<std::size_t, width> cues_{};
  std::array<std::optional<Course>, width> courses_;
  Aligned<std::int32_t> state_;
  Aligned<std::int32_t> narrow_difference_;
  Aligned<std::int64_t> wide_difference_;
  std::array<std::span<const std::uint8_t>, width> masks_;
  Aligned<std::int32_t> output_, next_output_, bias_, held_;
  Aligned<std::int32_t> fresh_{width}, flags_{width};
};

}  // namespace

std::vector<RawRecall> run_blocks(const Plan& plan, const FixedNumber& number, std::span<const RawCue> cues,
                                  const BatchObserver& observer) {
  std::vector<RawRecall> recalls(cues.size());
  const bool own_biases = std::any_of(cues.begin(), cues.end(), [](const RawCue& cue) { return !cue.bias.empty(); });
  Columns columns(plan, number, own_biases);
  std::size_t next = 0;
  while (next < std::min(cues.size(), width)) {
    columns.load(next, next, cues[next]);
    ++next;
  }
  std::vector<std::int32_t> state;
  while (columns.used() > 0) {
    columns.step();
    // From the last column to the first: a column that moves into a free one has been seen already.
    for (std::size_t column = columns.used(); column-- > 0;) {
      const bool ended = columns.ended(column);
      if (!ended && !observer) continue;
      columns.read(column, state);
      if (observer) observer(columns.course(column).seen(columns.cue(column), state));
      if (!ended) continue;
      recalls[columns.cue(column)] = columns.course(column).recall(state);
      if (next < cues.size()) {
        columns.load(column, next, cues[next]);
        ++next;
      } else {
        columns.close(column);
      }
    }
  }
  return recalls;
}

}  // namespace basin::batch
