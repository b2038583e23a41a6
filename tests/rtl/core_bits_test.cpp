// Every word that the core computes, against the golden model, which was written from the same page but not from the core.
#include <set>

#include "tests/rtl/models.hpp"

namespace basin::rtl_test {
namespace {

template <class Elaboration>
class CoreBits : public CoreTest<Elaboration> {};
TYPED_TEST_SUITE(CoreBits, Elaborations, ElaborationName);

/// Sizes around everything that can go wrong: one, the lanes, a full core.
std::set<int> sizes(const CoreConfig& core) {
  std::set<int> all{1, 2, 3, core.lanes - 1, core.lanes, core.lanes + 1, 2 * core.lanes, 2 * core.lanes + 1,
                    core.neurons - 1, core.neurons};
  std::erase_if(all, [&](int n) { return n < 1 || n > core.neurons; });
  return all;
}

/// Compares all that a run showed with the golden model, and where the run ended. Returns the steps made.
template <class Model>
std::size_t compare_run(Bench<Model>& bench, Golden& golden, const FixedNetwork& network) {
  const auto n = static_cast<std::size_t>(network.neurons);
  const std::vector<Shown>& shown = bench.shown();
  EXPECT_EQ(shown.size() % n, 0U);
  const std::size_t steps = shown.size() / n;
  EXPECT_EQ(bench.read(protocol::reg_steps), steps);
  for (std::size_t k = 0; k < steps; ++k) {
    EXPECT_TRUE(k == 0 || !golden.settled()) << "went on after settling at step " << k;
    golden.step();
    for (std::size_t i = 0; i < n; ++i) {
      const Shown& one = shown[k * n + i];
      EXPECT_EQ(one.index, i);
      EXPECT_EQ(one.state, golden.state()[i]) << "step " << k << ", neuron " << i;
    }
    if (testing::Test::HasFailure()) return steps;
  }
  EXPECT_EQ(bench.status(protocol::status_settled), golden.settled());
  EXPECT_EQ(bench.status(protocol::status_overflow), golden.overflow());
  EXPECT_TRUE(golden.settled() || steps == static_cast<std::size_t>(network.step_limit));
  EXPECT_EQ(read_values(bench, protocol::kind_states, 0, network.neurons), list(golden.state()));
  EXPECT_EQ(read_values(bench, protocol::kind_outputs, 0, network.neurons), list(golden.arriving()));
  return steps;
}

template <class Model>
void compare_network(const FixedNetwork& network, std::mt19937& random, int runs) {
  Bench<Model> bench(network.core, static_cast<unsigned>(random()), 0.1);
  load_network(bench, network, random);
  Golden golden{FixedNumber(network)};
  for (int k = 0; k < runs; ++k) {
    const auto state = random_states(network, random);
    bench.load(state_packets(state).front());
    golden.load(wide(state));
    bench.run();
    compare_run(bench, golden, network);
    if (testing::Test::HasFailure()) return;
  }
}

TYPED_TEST(CoreBits, AreTheGoldenModelsAtEverySizeWithExtremeValues) {
  for (const int n : sizes(this->config_)) {
    SCOPED_TRACE("n = " + std::to_string(n));
    for (int k = 0; k < 3; ++k) compare_network<typename TypeParam::Model>(this->network(n), this->random_, 2);
    if (this->HasFailure()) return;
  }
}

TYPED_TEST(CoreBits, AreTheGoldenModelsUntilGentleNetworksSettle) {
  for (const int n : sizes(this->config_)) {
    SCOPED_TRACE("n = " + std::to_string(n));
    FixedNetwork network = this->network(n, Drive::Gentle);
    network.step_limit = 400;
    compare_network<typename TypeParam::Model>(network, this->random_, 3);
    if (this->HasFailure()) return;
  }
}

TYPED_TEST(CoreBits, GoOnWithTheirHistoryAfterAStartWithoutALoad) {
  FixedNetwork network = this->network(this->config_.neurons);
  network.order = 2;
  network.step_limit = 3;
  network.settle_threshold = 0;
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  load_network(bench, network, this->random_);
  Golden golden{FixedNumber(network)};
  const auto state = random_states(network, this->random_);
  bench.load(state_packets(state).front());
  golden.load(wide(state));
  for (int k = 0; k < 4 && !golden.settled(); ++k) {
    bench.run();
    compare_run(bench, golden, network);
  }
}

TYPED_TEST(CoreBits, OfASmallerNetworkFollowThoseOfALargerOne) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  for (const int n : {this->config_.neurons, (this->config_.neurons + 1) / 2, 1}) {
    const FixedNetwork network = this->network(n);
    bench.write(protocol::reg_control, protocol::control_clear);
    load_network(bench, network, this->random_);
    Golden golden{FixedNumber(network)};
    const auto state = random_states(network, this->random_);
    bench.load(state_packets(state).front());
    golden.load(wide(state));
    bench.run();
    compare_run(bench, golden, network);
  }
}

}  // namespace
}  // namespace basin::rtl_test
