// Signed product of a factor and a value: a pipelined radix-4 Booth tree of adders, for devices
// whose multipliers are made of look-up tables. A new pair enters every clock.
//
// Timing: value_i belongs to the factor_i of the clock before, so that the factor is recoded while
// the value is still being fetched. The product of a factor is at the output
// basin_pkg::multiplier_latency(FactorBits) clocks later.
// Value: product_o + carry_o is the product. The last carry is left to the adder that follows.
// Limits: value_i is never the most negative code; the product then fits its width.
//
// A digit d of the factor is -2 … 2. Row k is d_k * value, a negative one as its ones' complement:
// the missing 1 at bit 2k enters the tree as the carry of the one adder whose upper operand starts
// at digit k. Digit 0 has no such adder; its carry is carry_o.
module basin_multiplier
  import basin_pkg::multiplier_latency;
#(
  parameter int unsigned FactorBits = 8,
  parameter int unsigned ValueBits = 13,
  localparam int unsigned ProductBits = FactorBits + ValueBits - 1
) (
  input  logic                          clk_i,
  input  logic signed [FactorBits-1:0]  factor_i,
  input  logic signed [ValueBits-1:0]   value_i,
  output logic signed [ProductBits-1:0] product_o,
  output logic                          carry_o
);
  localparam int unsigned Digits = (FactorBits + 1) / 2;
  localparam int unsigned Levels = $clog2(Digits);
  localparam int unsigned RowBits = ValueBits + 1;            // 2 * value
  localparam int unsigned FullBits = ValueBits - 1 + 2 * Digits;
  typedef logic signed [FullBits-1:0] full_t;

  if (multiplier_latency(FactorBits) != 2 + Levels) $fatal(1, "basin_multiplier: wrong latency");

  // Recode: bits 2k+1, 2k and 2k-1 of the factor name digit k.
  logic [2*Digits:0] factor_padded;
  logic [Digits-1:0] zero_q, twice_q, minus_q;
  assign factor_padded = {(2*Digits)'(factor_i), 1'b0};
  always_ff @(posedge clk_i) begin
    for (int unsigned k = 0; k < Digits; k++) begin
      zero_q[k]  <= factor_padded[2*k+:3] inside {3'b000, 3'b111};
      twice_q[k] <= factor_padded[2*k+:3] inside {3'b011, 3'b100};
      minus_q[k] <= factor_padded[2*k+2] && factor_padded[2*k+:3] != 3'b111;
    end
  end

  // row[l][r] covers digits r * 2^l … and is relative to the weight of the first of them.
  full_t row [Levels+1][Digits];
  logic [Digits-1:0] minus [Levels+1];

  for (genvar k = 0; k < Digits; k++) begin : gen_row
    logic signed [RowBits-1:0] once, multiple, row_q;
    assign once = RowBits'(value_i);
    assign multiple = (twice_q[k] ? once <<< 1 : once) ^ {RowBits{minus_q[k]}};
    always_ff @(posedge clk_i) begin
      if (zero_q[k]) row_q <= '0;
      else           row_q <= multiple;
    end
    assign row[0][k] = full_t'(row_q);
  end
  basin_delay #(.Width(Digits)) u_minus (.clk_i, .value_i(minus_q), .value_o(minus[0]));

  for (genvar l = 1; l <= Levels; l++) begin : gen_level
    localparam int unsigned Half = 2 ** (l - 1);               // digits of a lower operand
    for (genvar r = 0; r < Digits; r++) begin : gen_sum
      localparam int unsigned First = r * 2 * Half;
      if (First + Half < Digits) begin : gen_add
        localparam int unsigned High = Digits - First < 2 * Half ? Digits - First - Half : Half;
        localparam int unsigned HighBits = ValueBits - 1 + 2 * High;
        localparam int unsigned LowBits = ValueBits - 1 + 2 * Half;
        logic [HighBits:0] low, high;                          // bit 0 makes the carry
        logic [2*Half-1:0] rest_q;
        logic signed [HighBits-1:0] sum_q;
        assign low = {HighBits'($signed(row[l-1][2*r][LowBits-1:2*Half])), 1'b1};
        assign high = {row[l-1][2*r+1][HighBits-1:0], minus[l-1][First+Half]};
        always_ff @(posedge clk_i) begin
          rest_q <= row[l-1][2*r][2*Half-1:0];
          sum_q  <= HighBits'((low + high) >> 1);
        end
        assign row[l][r] = full_t'($signed({sum_q, rest_q}));
      end else if (First < Digits) begin : gen_pass
        localparam int unsigned PassBits = ValueBits - 1 + 2 * (Digits - First);
        logic signed [PassBits-1:0] row_q;
        always_ff @(posedge clk_i) row_q <= row[l-1][2*r][PassBits-1:0];
        assign row[l][r] = full_t'(row_q);
      end else begin : gen_none
        assign row[l][r] = '0;
      end
    end
    basin_delay #(.Width(Digits)) u_minus (.clk_i, .value_i(minus[l-1]), .value_o(minus[l]));
  end

  assign product_o = row[Levels][0][ProductBits-1:0];
  assign carry_o = minus[Levels][0];
endmodule
