#include "sim/compare/default_engines.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

using Names = std::vector<std::string>;

FixedNetwork of_size(int neurons, int lanes) {
  FixedNetwork network;
  network.core.neurons = neurons;
  network.core.lanes = lanes;
  network.core.state_bits = 20;
  network.core.weight_bits = 8;
  network.core.drive_bits = 14;
  network.step_exponent = 5;
  return network;
}

TEST(DefaultEngines, AreAllFiveOfACoreTheSizeOfTheLetters) {
  const DefaultEngines chosen = default_engines(of_size(64, 8), 4);
  EXPECT_EQ(chosen.names, (Names{"golden", "verilator", "systemc", "icarus", "gate"}));
  EXPECT_TRUE(chosen.left_out.empty());
}

// 16 recalls · 12 τ · 32 steps · 64² = 25 million products.
TEST(DefaultEngines, LeaveOutIcarusWhereItsRecallsWouldTakeLong) {
  const DefaultEngines chosen = default_engines(of_size(64, 8), 16);
  EXPECT_EQ(chosen.names, (Names{"golden", "verilator", "systemc", "gate"}));
  ASSERT_EQ(chosen.left_out.size(), 1U);
  EXPECT_EQ(chosen.left_out[0].engine, "icarus");
  EXPECT_NE(chosen.left_out[0].reason.find("25 million"), std::string::npos) << chosen.left_out[0].reason;
}

// 64 lanes of 256 · 256 / 64 weights: two block RAMs a lane, 128 of the 32 there are.
TEST(DefaultEngines, LeaveOutTheGatesOfACoreThatItsDeviceCannotHold) {
  const DefaultEngines chosen = default_engines(of_size(256, 64), 1);
  EXPECT_EQ(chosen.names.back(), "systemc");
  ASSERT_EQ(chosen.left_out.size(), 2U);
  EXPECT_EQ(chosen.left_out[1].engine, "gate");
  EXPECT_NE(chosen.left_out[1].reason.find("block RAMs"), std::string::npos) << chosen.left_out[1].reason;
}

}  // namespace
}  // namespace basin
