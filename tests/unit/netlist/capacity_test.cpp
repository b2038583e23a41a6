#include "sim/netlist/capacity.hpp"

#include <gtest/gtest.h>

#include "models/design/error.hpp"

namespace basin {
namespace {

struct Counted {
  int width, words, rams;
};

// Counted by Yosys 0.70 (read_slang, synth_ice40) on rtl/mem/basin_ram.sv alone, one shape at a time.
TEST(BlockRams, AreAsManyAsYosysTakesForOneMemory) {
  for (const Counted& c : {Counted{8, 512, 1}, {18, 64, 2},  {32, 64, 2},  {13, 128, 1}, {1, 64, 0},   {2, 64, 1},
                           {8, 16, 1},         {16, 8, 1},   {8, 8, 0},    {4, 16, 0},   {18, 16, 2},  {8, 2048, 4},
                           {8, 4096, 8},       {6, 2048, 3}, {5, 1024, 2}, {9, 256, 1},  {17, 256, 2}, {8, 1, 0},
                           {18, 8, 2},         {18, 4, 0},         {32, 4, 0},   {18, 512, 3}, {3, 4096, 3}, {1, 4096, 1}, {13, 1, 0}}) {
    EXPECT_EQ(block_rams(MemoryShape{"", c.width, c.words, 1}), c.rams) << c.width << " bits, " << c.words << " words";
  }
}

// 64 rows over 8 lanes: 8 memories of 512 × 8 bits (8); states 18 bits (2), biases 32 bits (2), differences 34 bits (3),
// outputs, bases and rises one each, and 32 bits of the board's buffer (2).
TEST(BlockRams, OfABitstreamAreThoseOfCoreAndBoard) {
  CoreConfig core;
  core.neurons = 64;
  core.lanes = 8;
  EXPECT_EQ(block_rams(core), 20);
}

TEST(CertainShortage, NamesBlockRamsWhenTheWeightsAreTooMany) {
  CoreConfig core;
  core.neurons = 512;
  core.lanes = 8;
  const auto lack = certain_shortage(core, target_named("ice40-hx8k"));
  ASSERT_TRUE(lack.has_value());
  EXPECT_EQ(lack->resource, "block RAMs");
  // 64 · 512 = 32,768 words of 8 bits are 64 block RAMs a lane.
  EXPECT_GE(lack->needed, 8 * 64);
  EXPECT_EQ(lack->available, 32);
}

TEST(CertainShortage, NamesLogicCellsWhenTheLanesAreTooMany) {
  CoreConfig core;
  core.neurons = 64;
  core.lanes = 64;
  const auto lack = certain_shortage(core, {.name = "small", .board = {}, .device = {}, .icetime_device = {}, .logic_cells = 7680, .block_rams = 1000, .synthesis = {}});
  ASSERT_TRUE(lack.has_value());
  EXPECT_EQ(lack->resource, "logic cells");
}

// 128 · 128 weights of 8 bits are all 32 block RAMs: nothing is left for the states.
TEST(LargestFit, OfEightBitWeightsOnHx8kIsBelow128) {
  CoreConfig core;
  core.neurons = 512;
  core.lanes = 8;
  const LargestFit fit = largest_fit(core, target_named("ice40-hx8k"));
  EXPECT_GE(fit.neurons, 64);
  EXPECT_LT(fit.neurons, 128);
  EXPECT_GE(fit.lanes, 1);
  EXPECT_LE(fit.lanes, 8);
  core.neurons = fit.neurons;
  core.lanes = fit.lanes;
  EXPECT_FALSE(certain_shortage(core, target_named("ice40-hx8k")).has_value());
}

TEST(LargestFit, IsNothingWhereTheActivationTableFindsNoMemory) {
  CoreConfig core;
  core.neurons = 64;
  core.lanes = 8;
  EXPECT_EQ(largest_fit(core, {.name = "none", .board = {}, .device = {}, .icetime_device = {}, .logic_cells = 7680, .block_rams = 1, .synthesis = {}}).neurons, 0);
}

// 256 neurons: X 256 × 8 in one, its echo in one, a row of the core a lane, D̂ of 17 bits in two.
TEST(BlockRams, OfTheFactoredFormHoldSignsInPlaceOfWeights) {
  CoreConfig core{.neurons = 256, .lanes = 8, .state_bits = 20, .weight_bits = 10, .drive_bits = 14, .bias_bits = 26, .state_shift = 9,
                  .table_domain = 16, .table_segments = 128, .slope_bits = 14, .memories = 8};
  int by_name = 0;
  for (const MemoryShape& memory : core_memories(core)) {
    const std::string name = memory.name;
    if (name == "factors" || name == "echo" || name == "core" || name == "diagonal") by_name += memory.copies * block_rams(memory);
    EXPECT_NE(name, "weights");
  }
  EXPECT_EQ(by_name, 1 + 1 + 8 + 2);
  EXPECT_FALSE(certain_shortage(core, target_named("ice40-hx8k")));
  core.memories = 0;
  core.weight_bits = 8;
  EXPECT_TRUE(certain_shortage(core, target_named("ice40-hx8k")));   // 256 × 256 weights are 128 of its 32
}

TEST(Target, ThatIsUnknownNamesTheAllowedOnes) {
  try {
    (void)target_named("ice40-hx9k");
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("ice40-hx8k"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace basin
