// The netlist of a bitstream, in the vendor's cells, against the golden model, every state of every step: twenty recalls
// Verilated, four in Icarus, which takes some hundred times as long.
#include "sim/gate/gate_engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "tests/cosim/draw.hpp"
#include "tests/cosim/engines.hpp"

namespace basin::cosim {
namespace {

constexpr CoreConfig small{.neurons = 8, .lanes = 2};
constexpr CoreConfig small_of_blocks{.neurons = 10, .lanes = 5, .block_multipliers = true, .single_port = true};
/// Three groups of memories, the last of one; with X in block RAM and in single-port memories.
constexpr CoreConfig small_of_factors{.neurons = 12, .lanes = 2, .weight_bits = 6, .memories = 5};
constexpr CoreConfig small_of_factors_in_single_port{.neurons = 12, .lanes = 4, .weight_bits = 5, .memories = 4, .single_port = true};
constexpr std::uint64_t seed = 41;

FixedNetwork drawn(const CoreConfig& core, Random& random) {
  FixedNetwork network = draw_network(core, core.neurons, Drive::lively, random);
  network.step_limit = 12;
  return network;
}

void expect_golden_bits(Engine& gates, const FixedNetwork& network, int recalls, Random& random) {
  EXPECT_EQ(gates.hardware_id(), hardware_id_of(network.core));
  EXPECT_EQ(gates.network_id(), network_id(network));
  const auto golden = make_golden(network);
  for (int recall = 0; recall < recalls; ++recall) {
    const std::vector<std::int32_t> state = draw_state(network, Drive::lively, random);
    golden->load(state);
    gates.load(state);
    for (int step = 1; step <= 12; ++step) {
      golden->step();
      gates.step();
      ASSERT_TRUE(std::equal(golden->state().begin(), golden->state().end(), gates.state().begin()))
          << "seed " << seed << ", recall " << recall << ", step " << step;
      ASSERT_EQ(golden->settled(), gates.settled()) << "seed " << seed << ", recall " << recall << ", step " << step;
      ASSERT_EQ(golden->overflow(), gates.overflow()) << "seed " << seed << ", recall " << recall << ", step " << step;
    }
  }
  std::printf("%s on %s: %d recalls of 12 steps, seed %llu, no mismatch\n", gates.name().c_str(),
              device_of(network.core).name.c_str(), recalls, static_cast<unsigned long long>(seed));
}

TEST(Gate, GivesEveryBitOfTheGoldenModelOnAnHx8kNetlist) {
  Random random(seed, Stream::test, 0);
  const FixedNetwork network = drawn(small, random);
  expect_golden_bits(*make_gate_engine(network), network, 20, random);
}

TEST(Gate, GivesEveryBitOfTheGoldenModelOnAUp5kNetlistOfMultiplierBlocksAndSinglePortMemories) {
  Random random(seed, Stream::test, 1);
  const FixedNetwork network = drawn(small_of_blocks, random);
  expect_golden_bits(*make_gate_engine(network), network, 20, random);
}

TEST(Gate, GivesEveryBitOfTheGoldenModelInTheFactoredForm) {
  for (const CoreConfig& core : {small_of_factors, small_of_factors_in_single_port}) {
    Random random(seed, Stream::test, 4);
    const FixedNetwork network = drawn(core, random);
    expect_golden_bits(*make_gate_engine(network), network, 20, random);
  }
}

TEST(GateIcarus, GivesEveryBitOfTheGoldenModelOnAnHx8kNetlist) {
  Random random(seed, Stream::test, 2);
  const FixedNetwork network = drawn(small, random);
  expect_golden_bits(*make_gate_icarus_engine(network, prepare_gate_icarus(small)), network, 4, random);
}

TEST(GateIcarus, GivesEveryBitOfTheGoldenModelOnAUp5kNetlist) {
  Random random(seed, Stream::test, 3);
  const FixedNetwork network = drawn(small_of_blocks, random);
  expect_golden_bits(*make_gate_icarus_engine(network, prepare_gate_icarus(small_of_blocks)), network, 4, random);
}

}  // namespace
}  // namespace basin::cosim
