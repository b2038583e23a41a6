// n - b = Xᵀ z + D̂ V, a neuron for every MemoryGroups words of X: each lane's z with its sign, a tree of
// adders over the lanes, a sum over the groups, and the diagonal's product.
//
// Timing: signs_i with the mixed_i of the same group; the neuron's sum stands SumLatency + 1 after the
// issue of its last word. drive_i RamLatency after that issue, diagonal_i a clock later.
// Value: dot_o + carry_o is the sum. It never wraps (docs/arithmetic.md §1).
module basin_expand
  import basin_pkg::*;
(
  input  logic               clk_i,
  input  logic               first_i,        // of a neuron's words
  input  signs_t             signs_i,
  input  mixed_t [Lanes-1:0] mixed_i,
  input  drive_t             drive_i,
  input  diagonal_t          diagonal_i,
  output dot_t               dot_o,
  output logic               carry_o
);
  localparam int unsigned Levels = $clog2(Lanes);

  // A negative term is a ones' complement whose missing 1 waits beside it. An adder takes that of its
  // lower operand; that of the upper one waits on: node[l][k] + carry[l][k] is the sum of 2^l lanes.
  dot_t node [Levels+1][Lanes];
  logic carry [Levels+1][Lanes];
  for (genvar p = 0; p < Lanes; p++) begin : gen_term
    mixed_t term_q;
    logic minus_q;
    always_ff @(posedge clk_i) begin
      term_q  <= mixed_i[p] ^ {MixedBits{signs_i[p]}};
      minus_q <= signs_i[p];
    end
    assign node[0][p] = DotBits'(term_q);
    assign carry[0][p] = minus_q;
  end
  for (genvar l = 1; l <= Levels; l++) begin : gen_level
    localparam int unsigned Bits = MixedBits + l;
    localparam int unsigned Below = (Lanes + 2 ** (l - 1) - 1) / 2 ** (l - 1);
    for (genvar k = 0; k < Lanes; k++) begin : gen_node
      if (2 * k + 1 < Below) begin : gen_add
        logic signed [Bits-1:0] sum_q;
        logic carry_q;
        always_ff @(posedge clk_i) begin
          sum_q   <= Bits'(({node[l-1][2*k][Bits-1:0], 1'b1} + {node[l-1][2*k+1][Bits-1:0], carry[l-1][2*k]}) >> 1);
          carry_q <= carry[l-1][2*k+1];
        end
        assign node[l][k] = DotBits'(sum_q);
        assign carry[l][k] = carry_q;
      end else if (2 * k < Below) begin : gen_pass
        logic signed [Bits-1:0] sum_q;
        logic carry_q;
        always_ff @(posedge clk_i) begin
          sum_q   <= node[l-1][2*k][Bits-1:0];
          carry_q <= carry[l-1][2*k];
        end
        assign node[l][k] = DotBits'(sum_q);
        assign carry[l][k] = carry_q;
      end else begin : gen_none
        assign node[l][k] = '0;
        assign carry[l][k] = 1'b0;
      end
    end
  end

  // Over the groups.
  dot_t total;
  logic total_carry;
  if (MemoryGroups > 1) begin : gen_groups
    dot_t sum, sum_q;
    logic sum_carry_q, first;
    basin_delay #(.Clocks(1 + Levels)) u_first (.clk_i, .value_i(first_i), .value_o(first));
    assign sum = dot_t'(({sum_q, 1'b1} + {node[Levels][0], sum_carry_q}) >> 1);
    always_ff @(posedge clk_i) begin
      sum_q       <= first ? node[Levels][0] : sum;
      sum_carry_q <= carry[Levels][0];
    end
    assign total = sum_q;
    assign total_carry = sum_carry_q;
  end else begin : gen_one_group
    logic unused_first;
    assign unused_first = first_i;
    assign total = node[Levels][0];
    assign total_carry = carry[Levels][0];
  end

  // The diagonal.
  localparam int unsigned OwnBits = CfgDriveBits + DiagonalBits - 1;
  logic signed [OwnBits-1:0] product, own;
  logic product_carry, own_carry, carry_q;
  dot_t dot_q;
  basin_multiplier #(.FactorBits(CfgDriveBits), .ValueBits(DiagonalBits)) u_diagonal (
    .clk_i,
    .factor_i(drive_i),
    .value_i(diagonal_i),
    .product_o(product),
    .carry_o(product_carry)
  );
  basin_delay #(.Width(OwnBits + 1), .Clocks(SumLatency - RamLatency - DiagonalLatency)) u_own (
    .clk_i, .value_i({product, product_carry}), .value_o({own, own_carry})
  );
  always_ff @(posedge clk_i) begin
    dot_q   <= dot_t'(({total, 1'b1} + {DotBits'(own), own_carry}) >> 1);
    carry_q <= total_carry;
  end
  assign dot_o = dot_q;
  assign carry_o = carry_q;
endmodule
