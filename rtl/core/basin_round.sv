// u + x / 2^r with one rounding, half up, and saturation (docs/arithmetic.md §3.5–6, 8).
//
// Timing: change_i; two clocks later its state_i; a clock after that its clamped_i; next_o and
// overflow_o four clocks after change_i. exponent_i and first_order_i hold still meanwhile.
//
// floor((x + 2^(r-1)) / 2^r) is x >> r plus the last bit shifted out; r = 0 shifts out a zero. What
// lies beyond one bit more than a state saturates whatever the state is.
`include "basin_assert.svh"

module basin_round
  import basin_pkg::*;
(
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic [3:0] exponent_i,
  input  logic       first_order_i,
  input  update_t    change_i,
  input  state_t     state_i,
  input  logic       clamped_i,
  output state_t     next_o,
  output logic       overflow_o
);
  // The part of the shift that no register changes is wiring.
  localparam int unsigned Fixed = StateRight + (CfgTau ? TauBits : 0);
  localparam int unsigned ShiftBits = UpdateBits + 1 - Fixed;        // bit 0: the bit shifted out
  localparam int unsigned DeltaBits = CfgStateBits + 1;
  typedef logic signed [ShiftBits-1:0] shift_t;
  typedef logic signed [CfgStateBits+1:0] wide_t;

  logic [4:0] amount_q;
  shift_t whole, coarse, fine, coarse_q, fine_q;
  assign whole = shift_t'($signed({change_i, 1'b0}) >>> Fixed);
  always_comb begin
    coarse = amount_q[4] ? whole >>> 16 : whole;
    coarse = amount_q[3] ? coarse >>> 8 : coarse;
    coarse = amount_q[2] ? coarse >>> 4 : coarse;
    fine = amount_q[1] ? coarse_q >>> 2 : coarse_q;
    fine = amount_q[0] ? fine >>> 1 : fine;
  end
  always_ff @(posedge clk_i) begin
    amount_q <= 5'(exponent_i) + 5'(!first_order_i);
    coarse_q <= coarse;
    fine_q   <= fine;
  end

  logic signed [DeltaBits-1:0] delta;
  logic beyond, beyond_q, minus_q;
  if (ShiftBits - 1 > DeltaBits) begin : gen_wide
    logic [ShiftBits-1:DeltaBits] top;
    assign top = fine_q[ShiftBits-1:DeltaBits];
    assign delta = fine_q[DeltaBits:1];
    assign beyond = top != '0 && top != '1;
  end else begin : gen_narrow
    assign delta = DeltaBits'(fine_q >>> 1);
    assign beyond = 1'b0;
  end

  wide_t sum, sum_q;
  state_t state_q, next_d, next_q;
  logic low, over, overflow_q;
  assign sum = wide_t'(({wide_t'(state_i), 1'b1} + {wide_t'(delta), fine_q[0]}) >> 1);
  always_comb begin
    low = beyond_q ? minus_q : sum_q[CfgStateBits+1];
    over = beyond_q || sum_q[CfgStateBits+1-:3] inside {[3'b001:3'b110]};
    next_d = sum_q[CfgStateBits-1:0];
    if (over) next_d = {low, {(CfgStateBits-1){!low}}};
    if (clamped_i) next_d = state_q;
  end
  always_ff @(posedge clk_i) begin
    sum_q      <= sum;
    beyond_q   <= beyond;
    minus_q    <= fine_q[ShiftBits-1];
    state_q    <= state_i;
    next_q     <= next_d;
    overflow_q <= over && !clamped_i;
  end
  assign next_o = next_q;
  assign overflow_o = overflow_q;

  `BASIN_ASSERT(ShiftFits, 32'(amount_q) <= 16)
  `BASIN_ASSERT(SaturatesToAnEnd, !overflow_q || next_q == {1'b1, {(CfgStateBits-1){1'b0}}}
                || next_q == {1'b0, {(CfgStateBits-1){1'b1}}})
endmodule
