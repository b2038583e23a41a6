// The table's input of a neuron with its own gain (docs/arithmetic.md §4.1):
// level = state * (m + 1) / 2^(8 + e), rounded half up; gain word {e, m}.
//
// Timing: state_i, RamLatency clocks later its gain_i; level_o GainLatency after state_i.
module basin_gain
  import basin_pkg::*;
(
  input  logic                clk_i,
  input  state_t              state_i,
  input  logic [GainBits-1:0] gain_i,
  output state_t              level_o
);
  localparam int unsigned MantissaBits = 8;
  localparam int unsigned ScaledBits = CfgStateBits + GainFactorBits;
  localparam int unsigned ShiftBits = ScaledBits + 1 - MantissaBits;  // bit 0: the bit shifted out
  typedef logic signed [ShiftBits-1:0] shift_t;

  // A state has one bit more in the product: it may be the most negative code.
  logic signed [CfgStateBits:0] value;
  logic signed [ScaledBits-1:0] product, scaled_q;
  logic product_carry;
  basin_delay #(.Width(CfgStateBits + 1), .Clocks(RamLatency + 1)) u_value (
    .clk_i, .value_i((CfgStateBits+1)'(state_i)), .value_o(value)
  );
  basin_multiplier #(.FactorBits(GainFactorBits), .ValueBits(CfgStateBits + 1)) u_multiplier (
    .clk_i,
    .factor_i(GainFactorBits'({1'b0, gain_i[MantissaBits-1:0]}) + GainFactorBits'(1)),
    .value_i(value),
    .product_o(product),
    .carry_o(product_carry)
  );

  logic [3:0] exponent;
  logic [1:0] exponent_q;
  shift_t whole, coarse, fine, coarse_q, fine_q;
  state_t level_q;
  basin_delay #(.Width(4), .Clocks(multiplier_latency(GainFactorBits) + 1)) u_exponent (
    .clk_i, .value_i(gain_i[GainBits-1:MantissaBits]), .value_o(exponent)
  );
  assign whole = shift_t'($signed({scaled_q, 1'b0}) >>> MantissaBits);
  always_comb begin
    coarse = exponent[3] ? whole >>> 8 : whole;
    coarse = exponent[2] ? coarse >>> 4 : coarse;
    fine = exponent_q[1] ? coarse_q >>> 2 : coarse_q;
    fine = exponent_q[0] ? fine >>> 1 : fine;
  end
  always_ff @(posedge clk_i) begin
    scaled_q   <= product + ScaledBits'({1'b0, product_carry});
    exponent_q <= exponent[1:0];
    coarse_q   <= coarse;
    fine_q     <= fine;
    level_q    <= state_t'(fine_q >>> 1) + state_t'({1'b0, fine_q[0]});
  end
  assign level_o = level_q;
endmodule
