// Where a level lies in the activation table (docs/arithmetic.md §4.3–4): segment c, position t from
// 0 to 2^q inclusive, and whether an odd function's sign is to be changed. Two clocks.
`include "basin_assert.svh"

module basin_position
  import basin_pkg::*;
(
  input  logic                   clk_i,
  input  logic                   rst_ni,
  input  state_t                 level_i,
  output logic                   negative_o,
  output logic [SegmentBits-1:0] segment_o,
  output logic [SegmentShift:0]  position_o
);
  localparam int unsigned InsideBits = SegmentsLog2 + SegmentShift;   // bits of p inside the table
  typedef logic [SegmentShift:0] position_t;

  logic below, above, negative_q;
  logic [InsideBits-1:0] inside_q;       // p, when it is within the table
  logic [CfgStateBits-1:0] first_q;      // magnitude, or the level itself

  if (CfgTableOdd) begin : gen_odd
    // |level| as an unsigned number holds 2^(S-1).
    always_ff @(posedge clk_i) begin
      first_q <= level_i[CfgStateBits-1] ? -level_i : level_i;
      negative_q <= level_i[CfgStateBits-1];
    end
    assign below = 1'b0;
    assign above = (first_q >> CfgTableDomain) != '0;
    assign inside_q = first_q[InsideBits-1:0];
  end else begin : gen_general
    // level + 2^T only turns over bit T of a level within the domain.
    logic signed [CfgStateBits-1:0] beyond;
    always_ff @(posedge clk_i) begin
      first_q <= level_i;
      negative_q <= 1'b0;
    end
    assign beyond = $signed(first_q) >>> CfgTableDomain;
    assign below = first_q[CfgStateBits-1] && beyond != '1;
    assign above = !first_q[CfgStateBits-1] && beyond != '0;
    assign inside_q = {!first_q[CfgTableDomain], first_q[CfgTableDomain-1:0]};
  end

  logic [SegmentBits-1:0] segment_d, segment_q;
  position_t position_d, position_q;
  logic negative_later_q;
  always_comb begin
    segment_d = SegmentBits'(inside_q >> SegmentShift);
    position_d = position_t'(inside_q) & (position_t'(1) << SegmentShift) - position_t'(1);
    if (below) begin
      segment_d = '0;
      position_d = '0;
    end else if (above) begin
      segment_d = SegmentBits'(CfgTableSegments - 1);
      position_d = position_t'(1) << SegmentShift;
    end
  end
  always_ff @(posedge clk_i) begin
    segment_q <= segment_d;
    position_q <= position_d;
    negative_later_q <= negative_q;
  end
  assign negative_o = negative_later_q;
  assign segment_o = segment_q;
  assign position_o = position_q;

  `BASIN_ASSERT(OneEnd, !(below && above))
  `BASIN_ASSERT(SegmentInTable, 32'(segment_q) < CfgTableSegments)
endmodule
