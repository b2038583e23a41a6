// A core whose memories hold a network from configuration on, against the golden model: nothing is loaded but cues. The RTL,
// whose registers start with random bits, and the netlist of the bitstream, in the vendor's cells.
#include "models/fixed/contents.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "models/fixed/protocol.hpp"
#include "sim/gate/gate_engine.hpp"
#include "sim/verilator/verilator_engine.hpp"
#include "tests/cosim/draw.hpp"
#include "tests/cosim/engines.hpp"

namespace basin::cosim {
namespace {

using namespace protocol;

/// P does not divide N, and every memory that a load can fill.
constexpr CoreConfig full{.neurons = 13, .lanes = 5, .state_bits = 20, .weight_bits = 7, .drive_bits = 12, .bias_bits = 20,
                          .state_shift = 3, .table_domain = 16, .table_segments = 32, .slope_bits = 17, .tables = 3,
                          .table_odd = false, .tau = true, .gain = true, .phases = 3, .pages = 8};
/// The same in the factored form: banks of three lanes, groups that the lanes don't divide.
constexpr CoreConfig full_of_factors{.neurons = 13, .lanes = 3, .state_bits = 20, .weight_bits = 7, .drive_bits = 12, .bias_bits = 20,
                                     .state_shift = 3, .table_domain = 16, .table_segments = 32, .slope_bits = 17, .tables = 3,
                                     .table_odd = false, .tau = true, .gain = true, .phases = 3, .memories = 7};
/// Large enough that weights, biases and tables are block RAM.
constexpr CoreConfig blocks{.neurons = 24, .lanes = 3};
constexpr std::uint64_t seed = 43;

FixedNetwork drawn(const CoreConfig& core, int neurons, Random& random) {
  FixedNetwork network = draw_network(core, neurons, Drive::lively, random);
  network.settle_threshold = 3;
  network.step_limit = 12;
  return network;
}

std::int32_t signed_word(std::int32_t word, int bits) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(word) << (32 - bits)) >> (32 - bits);
}

void expect_identities(CorePort& port, const FixedNetwork& network) {
  EXPECT_EQ(port.read_register(reg_config_id), hardware_id_of(network.core));
  for (const auto& [address, word] : register_settings(network)) EXPECT_EQ(port.read_register(address), word) << address;
  port.write_register(reg_control, control_check);
  port.finish();
  EXPECT_EQ(port.read_register(reg_network_id), network_id(network));
}

void expect_recalls(CorePort& port, const FixedNetwork& network, int recalls, Random& random) {
  const auto golden = make_golden(network);
  std::vector<std::int32_t> states(static_cast<std::size_t>(network.neurons));
  for (int recall = 0; recall < recalls; ++recall) {
    const std::vector<std::int32_t> cue = draw_state(network, Drive::lively, random);
    golden->load(cue);
    port.load(state_packets(cue).front(), false);
    port.write_register(reg_control, control_start);
    CorePort::Step step{.busy = true};
    for (int k = 1; step.busy; ++k) {
      golden->step();
      step = port.step(states);
      for (std::int32_t& word : states) word = signed_word(word, network.core.state_bits);
      ASSERT_TRUE(std::equal(states.begin(), states.end(), golden->state().begin(), golden->state().end()))
          << "seed " << seed << ", recall " << recall << ", step " << k;
      ASSERT_EQ(step.settled, golden->settled()) << "seed " << seed << ", recall " << recall << ", step " << k;
      ASSERT_EQ(step.busy, !golden->settled() && k < network.step_limit) << "seed " << seed << ", recall " << recall;
    }
  }
  std::printf("%d neurons of %d on %d lanes, nothing loaded: %d recalls, seed %llu, no mismatch\n", network.neurons,
              network.core.neurons, network.core.lanes, recalls, static_cast<unsigned long long>(seed));
}

void expect_whole(const RtlBuildOptions& build, const FixedNetwork& network, int recalls, Random& random) {
  const auto port = make_verilated_port(load_rtl_model(network.core, build));
  expect_identities(*port, network);
  expect_recalls(*port, network, recalls, random);
}

RtlBuildOptions rtl_build(const FixedNetwork& network) {
  RtlBuildOptions options;
  options.contents = contents_of(network);
  options.optimise = false;
  return options;
}

TEST(Contents, OfEveryMemoryRecallInTheRtlWithoutALoad) {
  Random random(seed, Stream::test, 0);
  for (const int neurons : {13, 9}) {
    const FixedNetwork network = drawn(full, neurons, random);
    expect_whole(rtl_build(network), network, 20, random);
  }
  for (const int neurons : {13, 9}) {
    const FixedNetwork network = drawn(full_of_factors, neurons, random);
    expect_whole(rtl_build(network), network, 20, random);
  }
}

TEST(Contents, GiveWayToALoadedNetwork) {
  Random random(seed, Stream::test, 0);
  const FixedNetwork first = drawn(full, 13, random), second = drawn(full, 13, random);   // the first as above
  const auto port = make_verilated_port(load_rtl_model(full, rtl_build(first)));
  for (const auto& [address, word] : register_settings(second)) port->write_register(address, word);
  for (const auto& packet : load_image(second)) port->load(packet, false);
  expect_identities(*port, second);
  expect_recalls(*port, second, 5, random);
}

TEST(ContentsGate, RecallInTheNetlistOfAnHx8kWithoutALoad) {
  Random random(seed, Stream::test, 1);
  const FixedNetwork network = drawn(blocks, 24, random);
  expect_whole(gate_build(blocks, {}, contents_of(network)), network, 20, random);
}

TEST(ContentsGate, RecallFromFactorsWithoutALoad) {
  Random random(seed, Stream::test, 4);
  constexpr CoreConfig factors{.neurons = 24, .lanes = 4, .weight_bits = 6, .memories = 6};
  const FixedNetwork network = drawn(factors, 24, random);
  expect_whole(gate_build(factors, {}, contents_of(network)), network, 20, random);
}

// Memories so small that they are made of flip-flops, which start at zero: ones are inverted on both sides.
TEST(ContentsGate, RecallFromMemoriesOfFlipFlops) {
  Random random(seed, Stream::test, 2);
  constexpr CoreConfig small{.neurons = 4, .lanes = 2, .weight_bits = 5, .bias_bits = 14, .table_segments = 2};
  const FixedNetwork network = drawn(small, 4, random);
  expect_whole(gate_build(small, {}, contents_of(network)), network, 20, random);
}

TEST(Contents, OfSinglePortMemoriesDoNotExist) {
  Random random(seed, Stream::test, 3);
  constexpr CoreConfig shared{.neurons = 10, .lanes = 5, .block_multipliers = true, .single_port = true};
  EXPECT_THROW((void)contents_of(drawn(shared, 10, random)), std::invalid_argument);
}

}  // namespace
}  // namespace basin::cosim
