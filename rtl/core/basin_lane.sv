// One lane: the products of a row's weights with the broadcast outputs, and one running sum. It
// never wraps: dot_t holds N products of the largest codes.
//
// Timing: a clock after weight_i its drive_i. first_i marks the clock (ProductLatency after the
// weight's address) that starts a new sum; the sum of a group is at the output in the clock after
// its last product. dot_o + carry_o is the sum.
module basin_lane
  import basin_pkg::*;
(
  input  logic    clk_i,
  input  weight_t weight_i,
  input  drive_t  drive_i,
  input  logic    first_i,
  output dot_t    dot_o,
  output logic    carry_o
);
  if (CfgBlockMultipliers) begin : gen_block
    // One register before the multiplier and one behind it: the shape that tools put into a device's
    // multiplier block. A second one behind it made Yosys lose the block and its product.
    weight_t weight_q;
    logic signed [ProductBits-1:0] product_q;
    dot_t dot_q;
    always_ff @(posedge clk_i) begin
      weight_q  <= weight_i;
      product_q <= ProductBits'(weight_q) * ProductBits'(drive_i);
      dot_q     <= (first_i ? '0 : dot_q) + DotBits'(product_q);
    end
    assign dot_o = dot_q;
    assign carry_o = 1'b0;
  end else begin : gen_tree
    logic signed [ProductBits-1:0] product;
    logic product_carry;
    basin_multiplier #(.FactorBits(CfgWeightBits), .ValueBits(CfgDriveBits)) u_multiplier (
      .clk_i,
      .factor_i(weight_i),
      .value_i(drive_i),
      .product_o(product),
      .carry_o(product_carry)
    );

    // The carry of a product is added with the next product, or by whoever takes the sum.
    dot_t dot_q, sum;
    logic carry_q;
    assign sum = dot_t'(({dot_q, 1'b1} + {DotBits'(product), carry_q}) >> 1);
    always_ff @(posedge clk_i) begin
      dot_q   <= first_i ? DotBits'(product) : sum;
      carry_q <= product_carry;
    end
    assign dot_o = dot_q;
    assign carry_o = carry_q;
  end
endmodule
