// The phases of a recall (docs/arithmetic.md §5) through the registers, where their lengths change between runs.
#include <bit>

#include "tests/rtl/models.hpp"

namespace basin::rtl_test {
namespace {

using namespace protocol;
using Lengths = std::vector<std::uint32_t>;

template <class Elaboration>
class CorePhases : public CoreTest<Elaboration> {
 protected:
  using CoreBench = Bench<typename Elaboration::Model>;

  [[nodiscard]] int timed() const { return this->config_.timed_phases(); }

  /// Loads states too; a run then makes one step.
  void load_single_steps(CoreBench& bench, const Lengths& lengths) {
    FixedNetwork network = this->network(this->config_.neurons);
    network.phase_steps = {lengths.begin(), lengths.begin() + timed()};
    network.step_limit = 1;
    load_network(bench, network, this->random_);
    bench.load(state_packets(random_states(network, this->random_)).front());
  }

  static std::uint32_t phase(CoreBench& bench) {
    return (bench.read(reg_status) & status_phase) >> std::countr_zero(status_phase);
  }

  /// The phase of each of `count` steps.
  static Lengths phases(CoreBench& bench, int count) {
    Lengths seen;
    for (int k = 0; k < count; ++k) {
      bench.run();
      seen.push_back(phase(bench));
    }
    return seen;
  }
};
TYPED_TEST_SUITE(CorePhases, Elaborations, ElaborationName);

TYPED_TEST(CorePhases, KeepTheLengthsOfThoseThereAre) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  for (std::uint32_t p = 0; p < 3; ++p) {
    bench.write(reg_phase0 + p, 0x8000'0001U + p);
    EXPECT_EQ(bench.read(reg_phase0 + p), static_cast<int>(p) < this->timed() ? 0x8000'0001U + p : 0U) << p;
  }
  EXPECT_FALSE(bench.status(status_load_error));
}

TYPED_TEST(CorePhases, FollowOneAnotherByTheirLengths) {
  if (this->timed() == 0) return;
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  this->load_single_steps(bench, {2, 1, 3});
  const std::vector<Lengths> expected{{}, {0, 0, 1, 1, 1, 1, 1}, {0, 0, 1, 2, 2, 2, 2}, {0, 0, 1, 2, 2, 2, 3}};
  EXPECT_EQ(this->phases(bench, 7), expected[static_cast<std::size_t>(this->timed())]);
}

TYPED_TEST(CorePhases, WithoutALengthAreSkipped) {
  if (this->timed() == 0) return;
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  this->load_single_steps(bench, {0, 2, 0});
  const std::vector<Lengths> expected{{}, {1, 1, 1}, {1, 1, 2}, {1, 1, 3}};
  EXPECT_EQ(this->phases(bench, 3), expected[static_cast<std::size_t>(this->timed())]);
}

TYPED_TEST(CorePhases, GoByTheLengthAtTheStepAndNeverBack) {
  if (this->timed() == 0) return;
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  this->load_single_steps(bench, {2, 9, 9});
  EXPECT_EQ(this->phases(bench, 1), Lengths{0});
  bench.write(reg_phase0, 4);                       // longer while in it
  EXPECT_EQ(this->phases(bench, 2), (Lengths{0, 0}));
  bench.write(reg_phase0, 1);                       // shorter than what was made
  EXPECT_EQ(this->phase(bench), 0U);                // the next step decides
  EXPECT_EQ(this->phases(bench, 1), Lengths{1});
  bench.write(reg_phase0, 100);
  EXPECT_EQ(this->phases(bench, 1), Lengths{1});
}

TYPED_TEST(CorePhases, BeginAnewWithEveryLoadOfStates) {
  if (this->timed() == 0) return;
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  this->load_single_steps(bench, {1, 1, 1});
  EXPECT_EQ(this->phases(bench, 2), (Lengths{0, 1}));
  bench.load({header(kind_states, 0, 1), 0});
  EXPECT_EQ(this->phase(bench), 0U);
  EXPECT_EQ(this->phases(bench, 2), (Lengths{0, 1}));
}

/// The lengths that were written last count, even right before the start.
TYPED_TEST(CorePhases, ReadLengthsWrittenRightBeforeTheStart) {
  if (this->timed() == 0) return;
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  this->load_single_steps(bench, {3, 3, 3});
  bench.load({header(kind_states, 0, 1), 0});
  for (std::uint32_t p = 0; static_cast<int>(p) < this->timed(); ++p) bench.write(reg_phase0 + p, 0);
  EXPECT_EQ(this->phases(bench, 1), Lengths{static_cast<std::uint32_t>(this->timed())});
}

}  // namespace
}  // namespace basin::rtl_test
