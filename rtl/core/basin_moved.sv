// Whether a state changed by more than the settle threshold (docs/arithmetic.md §3.7).
// moved_o comes two clocks after its states.
`include "basin_assert.svh"

module basin_moved
  import basin_pkg::*;
(
  input  logic   clk_i,
  input  logic   rst_ni,
  input  logic   valid_i,
  input  state_t before_i,
  input  state_t after_i,
  input  word_t  threshold_i,
  output logic   moved_o
);
  typedef logic signed [CfgStateBits:0] change_t;
  typedef logic signed [CfgStateBits+1:0] wide_t;
  localparam wide_t Never = wide_t'(2) ** CfgStateBits;     // no change exceeds it

  wide_t threshold_q, rise, fall;
  change_t change_q;
  logic rises_q, falls_q, valid_q, moved_valid_q;
  assign rise = threshold_q - wide_t'(change_q);
  assign fall = threshold_q + wide_t'(change_q);
  always_ff @(posedge clk_i) begin
    threshold_q <= (threshold_i >> CfgStateBits) != '0 ? Never : wide_t'(threshold_i);
    change_q <= change_t'(after_i) - change_t'(before_i);
    rises_q <= rise[CfgStateBits+1];
    falls_q <= fall[CfgStateBits+1];
    valid_q <= rst_ni && valid_i;
    moved_valid_q <= rst_ni && valid_q;
  end
  assign moved_o = moved_valid_q && (rises_q || falls_q);

  `BASIN_ASSERT(OneDirection, !(rises_q && falls_q))
endmodule
