// Registers, streams and time: docs/arithmetic.md §6–9.
#include "tests/rtl/models.hpp"

namespace basin::rtl_test {
namespace {

using namespace protocol;

template <class Elaboration>
class CoreProtocol : public CoreTest<Elaboration> {};
TYPED_TEST_SUITE(CoreProtocol, Elaborations, ElaborationName);

/// A loaded core whose states are set too.
template <class Model>
void prepare(Bench<Model>& bench, const FixedNetwork& network, std::mt19937& random) {
  load_network(bench, network, random);
  bench.load(state_packets(random_states(network, random)).front());
}

TYPED_TEST(CoreProtocol, SaysAfterResetWhoItIsAndHowLarge) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  const auto n = static_cast<std::uint32_t>(this->config_.neurons);
  EXPECT_EQ(bench.read(reg_config_id), config_id);
  EXPECT_EQ(bench.read(reg_capacity), n | static_cast<std::uint32_t>(this->config_.lanes) << 16);
  EXPECT_EQ(bench.read(reg_neurons), n);
  for (const std::uint32_t address : {reg_status, reg_step, reg_settle, reg_limit, reg_steps, reg_cycles, reg_network_id, reg_phase0,
                                      reg_phase1, reg_phase2}) {
    EXPECT_EQ(bench.read(address), 0U) << "register " << address;
  }
}

TYPED_TEST(CoreProtocol, ComputesTheNetworksIdentityWhateverTheOrderOfLoading) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed, 0.2);
  for (const int n : {this->config_.neurons, (this->config_.neurons + 1) / 2, 1}) {
    const FixedNetwork network = this->network(n);
    load_network(bench, network, this->random_);
    bench.write(reg_control, control_check);
    EXPECT_TRUE(bench.busy());
    bench.finish();
    EXPECT_EQ(bench.read(reg_network_id), network_id(network));
    EXPECT_FALSE(bench.status(status_load_error));
  }
}

TYPED_TEST(CoreProtocol, ReadsBackEverythingThatWasLoaded) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed, 0.3);
  const FixedNetwork network = this->network(this->config_.neurons);
  load_network(bench, network, this->random_);
  auto packets = load_image(network);
  packets.push_back(state_packets(random_states(network, this->random_)).front());
  bench.load(packets.back());
  for (auto& packet : packets) {
    const std::uint32_t header = packet.front();
    packet.erase(packet.begin());
    EXPECT_EQ(bench.read_words(header), packet) << "kind " << (header >> 28);
  }
  EXPECT_FALSE(bench.status(status_load_error));
}

TYPED_TEST(CoreProtocol, LoadsAndReadsListsInPieces) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  const FixedNetwork network = this->network(this->config_.neurons);
  load_network(bench, network, this->random_);
  const int n = network.neurons;
  for (int i = n - 1; i >= 0; --i) {
    bench.load({header(kind_states, static_cast<std::uint32_t>(i), 1), static_cast<std::uint32_t>(network.biases[std::size_t(i)])});
  }
  for (int i = 0; i < n; ++i) {
    const std::int64_t expected = signed_value(static_cast<std::uint32_t>(network.biases[std::size_t(i)]), network.core.state_bits);
    EXPECT_EQ(read_values(bench, kind_states, static_cast<std::uint32_t>(i), 1), std::vector{expected});
  }
  EXPECT_FALSE(bench.status(status_load_error));
}

/// Clocks of a step of §9 for n neurons and Λ.
std::int64_t step_clocks(const CoreConfig& core, std::int64_t n, std::int64_t latency) {
  if (core.memories > 0) {
    const std::int64_t lanes = std::min(core.lanes, core.memories), memories = core.memories;
    return (memories + lanes - 1) / lanes * (n + memories * ((core.weight_bits + 1) / 2)) + latency;
  }
  const std::int64_t groups = (n + core.lanes - 1) / core.lanes;
  return groups * n + std::max<std::int64_t>(0, latency - (groups - 1) * core.lanes);
}

TYPED_TEST(CoreProtocol, TakesTheClocksOfTheFormulaForEveryStep) {
  const CoreConfig& core = this->config_;
  const bool factored = core.memories > 0;
  int measured = 0;
  std::optional<std::int64_t> latency;   // Λ, from the step of one group; it must be the same at every size
  for (int n = 1; n <= core.neurons; n += n < 2 * core.lanes + 2 ? 1 : 7) {
    Bench<typename TypeParam::Model> bench(core, this->seed);
    FixedNetwork network = this->network(n);
    network.order = 2;
    network.step_exponent = 1;
    network.settle_threshold = 0;
    std::vector<std::int64_t> cycles;
    for (const int limit : {1, 2, 3}) {
      network.step_limit = limit;
      prepare(bench, network, this->random_);
      bench.run();
      if (bench.status(status_settled)) break;
      cycles.push_back(bench.read(reg_cycles));
    }
    if (cycles.size() < 3) continue;   // settled: the difference of two runs is not a step
    ++measured;
    EXPECT_EQ(cycles[2] - cycles[1], cycles[1] - cycles[0]);
    const std::int64_t step = cycles[1] - cycles[0];
    if (!latency && (factored || n <= core.lanes)) latency = step - step_clocks(core, n, 0);
    ASSERT_TRUE(latency);
    EXPECT_EQ(step, step_clocks(core, n, *latency)) << "n = " << n;
    // A run: the prime (at most Λ + 4; in the factored form as long as a step; n more for every page beyond two), its steps, and the way of the last outputs (Λ
    // and the decision).
    EXPECT_LE(cycles[0], step_clocks(core, n, 0) + 2 * *latency + 8 + (factored ? step_clocks(core, n, 0) : 0) + (core.pages - 2) * n) << "n = " << n;
  }
  EXPECT_GE(measured, core.lanes / 2);   // those that did not settle
}

TYPED_TEST(CoreProtocol, ShowsTheStatesOfAStepBeforeThoseOfTheNext) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  FixedNetwork network = this->network(this->config_.neurons);
  network.step_limit = 3;
  prepare(bench, network, this->random_);
  bench.run();
  for (std::size_t k = 1; k < bench.shown().size(); ++k) {
    EXPECT_GT(bench.shown()[k].clock, bench.shown()[k - 1].clock);
    EXPECT_EQ(bench.shown()[k].index, (bench.shown()[k - 1].index + 1) % static_cast<std::uint32_t>(network.neurons));
  }
}

TYPED_TEST(CoreProtocol, StopsAfterTheStepUnderWay) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  FixedNetwork network = this->network(this->config_.neurons);
  network.step_exponent = 0;
  network.order = 1;
  network.step_limit = 0;
  prepare(bench, network, this->random_);
  bench.write(reg_control, control_stop);                  // nothing to stop: has no effect on the run to come
  bench.write(reg_control, control_start);
  for (int k = 0; k < 200 + 10 * network.neurons * network.neurons && bench.busy(); ++k) bench.clock();
  const std::uint32_t before = bench.read(reg_steps);
  bench.write(reg_control, control_stop);
  bench.finish();
  EXPECT_GE(before, 1U);
  EXPECT_LE(bench.read(reg_steps) - before, 2U);
  EXPECT_FALSE(bench.status(status_load_error));
}

TYPED_TEST(CoreProtocol, RefusesWritesWhileBusy) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  FixedNetwork network = this->network(this->config_.neurons);
  network.step_limit = 5;
  for (const std::uint32_t address : {reg_neurons, reg_step, reg_settle, reg_limit, reg_read, reg_control, reg_phase0, reg_delay}) {
    prepare(bench, network, this->random_);
    const std::uint32_t step = bench.read(reg_step), settle = bench.read(reg_settle);
    bench.write(reg_control, control_start);
    bench.write(address, 1);
    EXPECT_TRUE(bench.status(status_load_error)) << "register " << address;
    bench.write(reg_control, control_clear);
    EXPECT_FALSE(bench.status(status_load_error));
    bench.finish();
    EXPECT_EQ(bench.read(reg_step), step);
    EXPECT_EQ(bench.read(reg_settle), settle);
    if (!network.phase_steps.empty()) {
      EXPECT_EQ(bench.read(reg_phase0), network.phase_steps[0]);
    }
    EXPECT_EQ(bench.read(reg_delay), static_cast<std::uint32_t>(network.longest_delay));
    EXPECT_EQ(bench.read(reg_limit), static_cast<std::uint32_t>(network.step_limit));
    EXPECT_EQ(bench.read(reg_neurons), static_cast<std::uint32_t>(network.neurons));
  }
}

TYPED_TEST(CoreProtocol, KeepsTheDelaysThatItHasPagesFor) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  const auto most = static_cast<std::uint32_t>(this->config_.most_delay());
  bench.write(reg_delay, most);
  EXPECT_EQ(bench.read(reg_delay), most);
  EXPECT_FALSE(bench.status(status_load_error));
  bench.write(reg_delay, most + 1);
  EXPECT_EQ(bench.read(reg_delay), most);
  EXPECT_EQ(bench.status(status_load_error), most > 0);   // without delays there is no such register
}

TYPED_TEST(CoreProtocol, RefusesSizesItDoesNotHave) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  const auto n = static_cast<std::uint32_t>(this->config_.neurons);
  for (const std::uint32_t bad : {std::uint32_t{0}, n + 1, n | 0x8000'0000U, n | 0x1'0000U}) {
    bench.write(reg_neurons, bad);
    EXPECT_TRUE(bench.status(status_load_error)) << bad;
    EXPECT_EQ(bench.read(reg_neurons), n);
    bench.write(reg_control, control_clear);
  }
  EXPECT_FALSE(bench.status(status_load_error));
}

TYPED_TEST(CoreProtocol, DoesNotStartWithALoadError) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  FixedNetwork network = this->network(this->config_.neurons);
  prepare(bench, network, this->random_);
  bench.load({header(15, 0, 1), 0});
  bench.write(reg_control, control_start);
  EXPECT_FALSE(bench.busy());
  bench.write(reg_control, control_clear);
  bench.write(reg_control, control_start);
  EXPECT_TRUE(bench.busy());
  bench.finish();
}

TYPED_TEST(CoreProtocol, TakesNoLoadWordWhileBusy) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  FixedNetwork network = this->network(this->config_.neurons);
  network.step_limit = 2;
  prepare(bench, network, this->random_);
  bench.write(reg_control, control_start);
  while (bench.busy()) {
    EXPECT_EQ(bench.model().load_ready_o, 0);
    bench.clock();
  }
  bench.clock();
  EXPECT_EQ(bench.model().load_ready_o, 1);
}

TYPED_TEST(CoreProtocol, KeepsOverflowUntilItIsCleared) {
  Bench<typename TypeParam::Model> bench(this->config_, this->seed);
  FixedNetwork network = this->network(1);
  uncouple(network);
  network.biases = {static_cast<std::int32_t>((std::int64_t{1} << (this->config_.bias_bits - 1)) - 1)};
  network.step_exponent = 0;
  network.step_limit = 1;
  if (this->config_.phases > 0) network.clamps = {0};
  if (this->config_.tau) network.taus = {255};
  load_network(bench, network, this->random_);
  Golden golden{FixedNumber(network)};
  golden.load(std::vector<std::int64_t>{-1});
  golden.step();
  bench.load(state_packets({-1}).front());
  bench.run();
  EXPECT_EQ(bench.status(status_overflow), golden.overflow());
  bench.write(reg_control, control_clear);
  EXPECT_FALSE(bench.status(status_overflow));
}

}  // namespace
}  // namespace basin::rtl_test
