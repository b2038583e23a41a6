#include "sim/compare/lockstep.hpp"

#include <gtest/gtest.h>

#include "tests/unit/compare/fake_engine.hpp"

namespace basin {
namespace {

using test::CountingEngine;
using test::Fault;

/// Golden and one more engine, which has the fault.
std::vector<std::unique_ptr<Engine>> pair(Fault fault) {
  std::vector<std::unique_ptr<Engine>> engines;
  engines.push_back(std::make_unique<CountingEngine>("golden", Fault{}));
  engines.push_back(std::make_unique<CountingEngine>("other", fault));
  return engines;
}

const RawCue cue{{10, 20, 30}, {}, {}};

TEST(Lockstep, KeepsEveryStateUpToTheSettleStep) {
  const auto engines = pair({});
  const LockstepCue found = run_lockstep(engines, cue, 4, 100);
  EXPECT_TRUE(found.settled);
  ASSERT_EQ(found.trace.steps(), 30);   // the slowest counter stood at 30
  EXPECT_EQ(found.trace.row(0)[2], 30);
  EXPECT_EQ(found.trace.row(7)[1], 13);
  EXPECT_EQ(found.trace.row(30)[2], 0);
  EXPECT_FALSE(found.engines[1].mismatch.has_value());
  EXPECT_EQ(found.engines[1].steps, 30U);
  EXPECT_EQ(found.engines[1].cycles, 150U);
}

TEST(Lockstep, EndsAtTheStepLimit) {
  const auto engines = pair({});
  const LockstepCue found = run_lockstep(engines, cue, 0, 12);
  EXPECT_FALSE(found.settled);
  EXPECT_EQ(found.trace.steps(), 12);
}

TEST(Lockstep, LocatesOneFlippedBit) {
  const auto engines = pair({.step = 9, .neuron = 1, .flip = 1 << 3});
  const LockstepCue found = run_lockstep(engines, cue, 4, 100);
  ASSERT_TRUE(found.engines[1].mismatch.has_value());
  const Mismatch& mismatch = *found.engines[1].mismatch;
  EXPECT_EQ(mismatch.cue, 4);
  EXPECT_EQ(mismatch.step, 9);
  EXPECT_EQ(mismatch.neuron, 1);
  EXPECT_EQ(mismatch.expected, 11);
  EXPECT_EQ(mismatch.got, 11 ^ 8);
  EXPECT_EQ(found.trace.steps(), 30);   // golden goes on
}

TEST(Lockstep, ComparesTheLoadedStateToo) {
  const auto engines = pair({.step = 0, .neuron = 0, .flip = 1});
  const LockstepCue found = run_lockstep(engines, cue, 0, 100);
  ASSERT_TRUE(found.engines[1].mismatch.has_value());
  EXPECT_EQ(found.engines[1].mismatch->step, 0);
}

TEST(Lockstep, FindsAnEngineThatSettlesAtAnotherStep) {
  const auto engines = pair({.late = true});
  const LockstepCue found = run_lockstep(engines, cue, 0, 100);
  ASSERT_TRUE(found.engines[1].mismatch.has_value());
  EXPECT_EQ(found.engines[1].mismatch->what, "settled");
  EXPECT_EQ(found.engines[1].mismatch->step, 30);
}

TEST(Lockstep, FindsAnOverflowFlagThatGoldenDoesNotRaise) {
  const auto engines = pair({.step = 5, .overflow = true});
  const LockstepCue found = run_lockstep(engines, cue, 0, 100);
  ASSERT_TRUE(found.engines[1].mismatch.has_value());
  EXPECT_EQ(found.engines[1].mismatch->what, "overflow");
  EXPECT_EQ(found.engines[1].mismatch->step, 5);
}

}  // namespace
}  // namespace basin
