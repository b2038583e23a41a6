#include "sim/icarus/lighten.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

// Written by hand after what Yosys writes; tests/cosim holds the real thing to the golden model's bits.
TEST(Lighten, PutsTheRegistersOfOneEdgeIntoOneProcess) {
  EXPECT_EQ(lighten("module m(clk_i, q);\n"
                    "  always @(posedge clk_i)\n"
                    "    if (!rst_ni) q <= 1'h0;\n"
                    "    else q <= d;\n"
                    "  assign d = ~q;\n"
                    "  always @(posedge clk_i) begin\n"
                    "    if (write)\n"
                    "      memory[at] <= q;\n"
                    "  end\n"
                    "endmodule\n"),
            "module m(clk_i, q);\n"
            "  assign d = ~q;\n"
            "\n"
            "  always @(posedge clk_i) begin\n"
            "    if (!rst_ni) q <= 1'h0;\n"
            "    else q <= d;\n"
            "    if (write)\n"
            "      memory[at] <= q;\n"
            "  end\n"
            "endmodule\n");
}

TEST(Lighten, LeavesTheProcessesOfDifferentEdgesAlone) {
  const std::string two = "  always @(posedge a)\n    q <= d;\n  always @(posedge b)\n    r <= d;\nendmodule\n";
  EXPECT_EQ(lighten(two), two);
  const std::string none = "  assign d = q;\nendmodule\n";
  EXPECT_EQ(lighten(none), none);
}

TEST(Lighten, WritesEqualNeighboursAsAReplication) {
  EXPECT_EQ(lighten("  assign x = { s[3], s[3], s[3], s[3:0], 1'h1 } + { \\u.t , \\u.t  };\n"),
            "  assign x = { {3{ s[3] }}, s[3:0], 1'h1 } + { {2{ \\u.t  }} };\n");
  EXPECT_EQ(lighten("  assign { a, b } = { c, d, c };\n"), "  assign { a, b } = { c, d, c };\n");
  EXPECT_EQ(lighten("  assign x = { c, c"), "  assign x = { c, c");
}

}  // namespace
}  // namespace basin
