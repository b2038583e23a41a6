#include "sim/netlist/core_netlist.hpp"

#include <gtest/gtest.h>

#include "sim/netlist/capacity.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

CoreConfig small_core() {
  CoreConfig core;
  core.neurons = 8;
  core.lanes = 2;
  return core;
}

TEST(CoreNetlist, IsTheCoreByItselfInVendorCells) {
  const CoreNetlist netlist = core_netlist(small_core(), target_named("ice40-hx8k"), {});
  const std::string verilog = read_file(netlist.verilog);
  EXPECT_NE(verilog.find("module basin_core("), std::string::npos);
  EXPECT_EQ(verilog.find("module ", verilog.find("module ") + 1), std::string::npos);
  EXPECT_NE(verilog.find("SB_LUT4"), std::string::npos);
  EXPECT_EQ(verilog.find("always"), std::string::npos);
  EXPECT_GT(netlist.cells.luts, 0);
}

// 8 bits: two lanes share a word, 5 lanes take 3 memories.
TEST(CoreNetlist, OfMultiplierBlocksAndSinglePortMemoriesHasAsManyAsItAsksFor) {
  CoreConfig core = small_core();
  core.neurons = 10;
  core.lanes = 5;
  core.block_multipliers = true;
  core.single_port = true;
  const CoreNetlist netlist = core_netlist(core, target_named("ice40-up5k"), {});
  EXPECT_EQ(netlist.cells.dsps, 5);
  EXPECT_EQ(netlist.cells.single_port_rams, 3);
}

// 18 lanes are two banks of nine, 20 memories two groups: core_netlist counts the block RAMs, or throws.
TEST(CoreNetlist, OfTheFactoredFormHasTheMemoriesItAsksFor) {
  CoreConfig core = small_core();
  core.neurons = 200;
  core.lanes = 18;
  core.memories = 20;
  const CoreNetlist netlist = core_netlist(core, target_named("ice40-hx8k"), {});
  EXPECT_EQ(netlist.cells.block_rams, block_rams(core));
}

TEST(RequireInferred, NamesTheCountsOfALostMultiplier) {
  CoreConfig core = small_core();
  core.block_multipliers = true;
  try {
    require_inferred({.dsps = 1}, core);
    FAIL() << "accepted";
  } catch (const ToolError& error) {
    EXPECT_NE(std::string(error.what()).find("made 1 SB_MAC16 where the core asks for 2"), std::string::npos) << error.what();
  }
}

TEST(CoreNetlist, IsMadeOnce) {
  (void)core_netlist(small_core(), target_named("ice40-hx8k"), {});
  bool made = false;
  (void)core_netlist(small_core(), target_named("ice40-hx8k"), [&](const std::string&) { made = true; });
  EXPECT_FALSE(made);
}

}  // namespace
}  // namespace basin
