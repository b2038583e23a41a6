// Assertions in the boolean layer that simulators, lint and formal tools all read. Differences
// between tools live in this file alone. Every module that asserts has clk_i and rst_ni.
`ifndef BASIN_ASSERT_SVH
`define BASIN_ASSERT_SVH

`ifdef SYNTHESIS
`ifndef FORMAL
`define BASIN_NO_ASSERTIONS
`endif
`endif

// BASIN_ASSERT(Name, condition): `condition` holds at every clock out of reset.
`ifdef BASIN_NO_ASSERTIONS
`define BASIN_ASSERT(Name, condition)
`else
`define BASIN_ASSERT(Name, condition) \
  Name: assert property (@(posedge clk_i) disable iff (!rst_ni) (condition));
`endif

`endif
