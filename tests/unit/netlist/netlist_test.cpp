#include "sim/netlist/netlist.hpp"

#include <gtest/gtest.h>

#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

// Cell names of the iCE40 library (Yosys manual, synth_ice40); flip-flops come in many variants.
TEST(CellCounts, AddUpEveryKindOfFlipFlop) {
  const CellCounts counts = parse_cell_counts(
      R"({"design": {"num_cells_by_type": {"SB_LUT4": 7, "SB_CARRY": 3, "SB_DFF": 10, "SB_DFFESR": 20, "SB_DFFSS": 1,
          "SB_RAM40_4K": 2, "SB_RAM40_4KNW": 1, "SB_MAC16": 4, "SB_SPRAM256KA": 2, "SB_IO": 9}}})");
  EXPECT_EQ(counts, (CellCounts{7, 3, 31, 3, 4, 2}));
}

TEST(CellCounts, OfAnEmptyDesignAreZero) { EXPECT_EQ(parse_cell_counts(R"({"design": {}})"), CellCounts{}); }

TEST(CellCounts, WithoutADesignAreAToolError) {
  EXPECT_THROW((void)parse_cell_counts("{}"), ToolError);
  EXPECT_THROW((void)parse_cell_counts("not json"), ToolError);
}

// The line Yosys wrote when it silently replaced a multiplier's output by a constant.
TEST(DriverConflict, IsFoundInALog) {
  const std::string log =
      "2.1. Executing OPT pass.\n"
      "Warning: Driver-driver conflict for \\acc [3] between cell $a.O and constant 1'0 in m: Resolved using constant.\n";
  EXPECT_NE(driver_conflict(log).find("\\acc [3]"), std::string::npos);
}

TEST(DriverConflict, IsNotFoundInACleanLog) { EXPECT_EQ(driver_conflict("Warning: wire a is unused\nEnd of script.\n"), ""); }

}  // namespace
}  // namespace basin
