#include "sim/netlist/core_netlist.hpp"

#include <gtest/gtest.h>

#include "sim/toolchain/rtl_sources.hpp"

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

TEST(CoreNetlist, IsMadeOnce) {
  (void)core_netlist(small_core(), target_named("ice40-hx8k"), {});
  bool made = false;
  (void)core_netlist(small_core(), target_named("ice40-hx8k"), [&](const std::string&) { made = true; });
  EXPECT_FALSE(made);
}

}  // namespace
}  // namespace basin
