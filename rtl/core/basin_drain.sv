// Takes the sums of a group from the lanes and gives them out one neuron a clock, in order of i,
// without those of lanes that have no row in the last group of a step.
//
// Timing: group_end_i comes ProductLatency - 1 clocks after the group's last column; neuron_o
// starts a clock later and runs ahead of its sum by RamLatency clocks, the time a memory needs.
`include "basin_assert.svh"

module basin_drain
  import basin_pkg::*;
(
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic                clear_i,                // a run starts: the next group is the first
  input  logic                group_end_i,
  input  index_t              last_i,                 // n - 1
  input  dot_t [CfgLanes-1:0] dots_i,
  input  logic [CfgLanes-1:0] carries_i,
  output neuron_t             neuron_o,
  output dot_t                dot_o,
  output logic                carry_o
);
  // Which neurons: `index` goes on from group to group and starts again with a step.
  index_t index_d, index_q;
  lane_t lane_d, lane_q;
  logic active_d, active_q, last;
  assign last = index_q == last_i;

  always_comb begin
    index_d = index_q;
    lane_d = lane_q;
    active_d = active_q;
    if (active_q) begin
      index_d = last ? '0 : index_q + index_t'(1);
      lane_d = lane_q + lane_t'(1);
      if (last || lane_q == lane_t'(CfgLanes - 1)) active_d = 1'b0;
    end
    if (group_end_i) begin
      active_d = 1'b1;
      lane_d = '0;
    end
    if (clear_i) index_d = '0;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) active_q <= 1'b0;
    else         active_q <= active_d;
    index_q <= index_d;
    lane_q <= lane_d;
  end
  assign neuron_o = '{valid: active_q, prime: 1'b0, last: last, index: index_q};

  // Their sums: captured when the last product is in, RamLatency clocks after the group's end.
  typedef struct packed {
    dot_t dot;
    logic carry;
  } entry_t;
  entry_t [CfgLanes-1:0] entries_d, entries_q;
  logic capture;
  basin_track #(.Clocks(RamLatency)) u_capture (
    .clk_i, .rst_ni, .flush_i(clear_i), .bits_i(group_end_i), .bits_o(capture)
  );
  always_comb begin
    for (int unsigned p = 0; p < CfgLanes; p++) begin
      entries_d[p] = entries_q[(p + 1) % CfgLanes];
      if (capture) entries_d[p] = '{dot: dots_i[p], carry: carries_i[p]};
    end
  end
  always_ff @(posedge clk_i) entries_q <= entries_d;
  assign dot_o = entries_q[0].dot;
  assign carry_o = entries_q[0].carry;

  `BASIN_ASSERT(DrainedBeforeNextGroup, !group_end_i || !active_q || !active_d
                || (lane_q == lane_t'(CfgLanes - 1)) || last)
  `BASIN_ASSERT(IndexInRange, !active_q || index_q <= last_i)
endmodule
