// One lane of y = X V: the overlaps of the memories p, p + P, p + 2P … with the outputs, a ring of one
// a group. Each output comes once for every group; it is added or subtracted by its sign in X.
//
// Timing: drive_i and minus_i with valid_i, group after group; a clock later the overlap at the output
// is replaced by its sum and the next group's comes there. turn_i moves on without a change. An
// overlap never wraps: overlap_t holds N of the largest codes.
module basin_overlap
  import basin_pkg::*;
(
  input  logic     clk_i,
  input  logic     clear_i,              // every overlap is zero
  input  logic     valid_i,
  input  logic     minus_i,
  input  drive_t   drive_i,
  input  logic     turn_i,
  output overlap_t overlap_o
);
  // A negative term is a ones' complement; its missing 1 is the sum's carry.
  drive_t term_q;
  logic minus_q, valid_q;
  overlap_t sum;
  always_ff @(posedge clk_i) begin
    valid_q <= valid_i;
    minus_q <= valid_i && minus_i;
    if (valid_i) term_q <= drive_i ^ {CfgDriveBits{minus_i}};
    else         term_q <= '0;
  end
  assign sum = overlap_t'(({overlap_o, 1'b1} + {OverlapBits'(term_q), minus_q}) >> 1);
  basin_ring #(.Width(OverlapBits), .Length(MemoryGroups)) u_overlaps (
    .clk_i,
    .clear_i,
    .turn_i(valid_q || turn_i),
    .value_i(sum),
    .value_o(overlap_o)
  );
endmodule
