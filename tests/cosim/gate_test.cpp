// The netlist of a bitstream, in the vendor's cells, against the golden model.
#include "sim/gate/gate_engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/cosim/draw.hpp"
#include "tests/cosim/engines.hpp"

namespace basin::cosim {
namespace {

constexpr CoreConfig small{.neurons = 8, .lanes = 2};

TEST(GateIcarus, GivesEveryBitOfTheGoldenModelInTwentyRecallsOfAnHx8kNetlist) {
  const VvpCore netlist = prepare_gate_icarus(small, target_named("ice40-hx8k"));
  Random random(41, Stream::test, 0);
  FixedNetwork network = draw_network(small, 8, Drive::lively, random);
  network.step_limit = 12;
  const auto golden = make_golden(network);
  const auto gates = make_gate_icarus_engine(network, netlist);
  EXPECT_EQ(gates->hardware_id(), hardware_id_of(small));
  EXPECT_EQ(gates->network_id(), network_id(network));
  for (int recall = 0; recall < 20; ++recall) {
    const std::vector<std::int32_t> state = draw_state(network, Drive::lively, random);
    golden->load(state);
    gates->load(state);
    for (int step = 1; step <= 12; ++step) {
      golden->step();
      gates->step();
      ASSERT_TRUE(std::equal(golden->state().begin(), golden->state().end(), gates->state().begin()))
          << "seed 41, recall " << recall << ", step " << step;
      ASSERT_EQ(golden->settled(), gates->settled()) << "seed 41, recall " << recall << ", step " << step;
      ASSERT_EQ(golden->overflow(), gates->overflow()) << "seed 41, recall " << recall << ", step " << step;
    }
  }
}

}  // namespace
}  // namespace basin::cosim
