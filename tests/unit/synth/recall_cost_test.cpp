#include "sim/synth/recall_cost.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

/// Settles after as many steps as the state it was given says; the first step takes 100 cycles, the others 10.
class Countdown : public Engine {
 public:
  [[nodiscard]] std::string name() const override { return "countdown"; }
  void set_biases(std::span<const std::int32_t> biases) override { biases_.assign(biases.begin(), biases.end()); }
  void set_clamps(std::span<const std::uint8_t>) override {}
  void load(std::span<const std::int32_t> state) override { state_.assign(state.begin(), state.end()), made_ = 0; }
  std::uint64_t step() override { return ++made_ == 1 ? 100 : 10; }
  [[nodiscard]] std::span<const std::int32_t> state() const override { return state_; }
  [[nodiscard]] bool settled() const override { return made_ >= state_[0]; }
  [[nodiscard]] bool overflow() const override { return false; }
  [[nodiscard]] std::uint32_t hardware_id() const override { return 0; }
  [[nodiscard]] std::uint32_t network_id() const override { return 0; }
  std::vector<std::int32_t> biases_;

 private:
  std::vector<std::int32_t> state_;
  int made_ = 0;
};

FixedNetwork one_neuron() {
  FixedNetwork network;
  network.neurons = 1;
  network.biases = {5};
  network.step_limit = 50;
  return network;
}

RawCue cue_of(std::int32_t steps) { return {.state = {steps}, .bias = {}, .clamp = {}}; }

RecallCost cost_of(Engine& engine, const std::vector<RawCue>& cues, int most = 64) {
  return count_cycles(engine, one_neuron(), cues, most);
}

TEST(RecallCost, IsTheMedianOfWholeRecalls) {
  Countdown engine;
  const RecallCost cost = cost_of(engine, {cue_of(3), cue_of(9), cue_of(4)});
  EXPECT_EQ(cost.recalls, 3);
  EXPECT_EQ(cost.median_cycles, 130U);     // 100 + 3 · 10
  EXPECT_EQ(cost.cycles_per_step, 10U);    // not the first
}

TEST(RecallCost, StopsAtTheStepLimit) {
  Countdown engine;
  EXPECT_EQ(cost_of(engine, {cue_of(1000)}).median_cycles, 100U + 49U * 10U);
}

TEST(RecallCost, TakesNoMoreCuesThanAsked) {
  Countdown engine;
  EXPECT_EQ(cost_of(engine, {cue_of(2), cue_of(2), cue_of(2)}, 2).recalls, 2);
}

TEST(RecallCost, LoadsTheBiasesOfACueAndTheNetworksOwnForOneWithout) {
  Countdown engine;
  (void)cost_of(engine, {{.state = {2}, .bias = {8}, .clamp = {}}});
  EXPECT_EQ(engine.biases_, std::vector<std::int32_t>{8});
  (void)cost_of(engine, {cue_of(2)});
  EXPECT_EQ(engine.biases_, std::vector<std::int32_t>{5});
}

}  // namespace
}  // namespace basin
