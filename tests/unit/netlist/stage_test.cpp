#include "sim/netlist/stage.hpp"

#include <gtest/gtest.h>

#include "tests/unit/toolchain/scratch.hpp"

namespace basin {
namespace {

TEST(Stage, HoldsEveryInputUnderANameOfItsOwn) {
  const test::Scratch scratch;
  const test::Variable home("BASIN_HOME", BASIN_SOURCE_DIR);
  const Stage stage = collect_inputs(CoreConfig{}, target_named("ice40-hx8k"));
  write_stage(stage, scratch.path() / "stage");
  for (const char* name : {"basin_cfg.svh", "basin_top.pcf", "synth.ys", "board/basin_top.sv", "rtl/basin_pkg.sv",
                           "rtl/core/basin_core.sv", "rtl/lint/basin_assert.svh"}) {
    EXPECT_TRUE(std::filesystem::is_regular_file(scratch.path() / "stage" / name)) << name;
  }
  EXPECT_EQ(stage.hash.size(), 64U);
}

TEST(Stage, HasAnotherHashForAnotherCore) {
  const test::Variable home("BASIN_HOME", BASIN_SOURCE_DIR);
  CoreConfig core;
  const std::string first = collect_inputs(core, target_named("ice40-hx8k")).hash;
  EXPECT_EQ(collect_inputs(core, target_named("ice40-hx8k")).hash, first);
  core.weight_bits = 7;
  EXPECT_NE(collect_inputs(core, target_named("ice40-hx8k")).hash, first);
}

TEST(Stamp, IsFreshForItsOwnHashAlone) {
  const test::Scratch scratch;
  EXPECT_FALSE(is_fresh(scratch.path(), "netlist", "a"));
  mark_fresh(scratch.path(), "netlist", "a");
  EXPECT_TRUE(is_fresh(scratch.path(), "netlist", "a"));
  EXPECT_FALSE(is_fresh(scratch.path(), "netlist", "b"));
  EXPECT_FALSE(is_fresh(scratch.path(), "seed-1", "a"));
}

}  // namespace
}  // namespace basin
