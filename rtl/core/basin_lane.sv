// One lane: the weights of rows p, p + P, p + 2P …, their products with the broadcast outputs, and
// one running sum. It never wraps: dot_t holds N products of the largest codes.
//
// Timing: a weight's address, RamLatency clocks later the weight, a clock after that its drive_i.
// first_i marks the clock (ProductLatency after the address) that starts a new sum; the sum of a
// group is at the output in the clock after its last product. dot_o + carry_o is the sum.
`include "basin_assert.svh"

module basin_lane
  import basin_pkg::*;
#(
  parameter lane_t Lane = '0
) (
  input  logic            clk_i,
  input  logic            rst_ni,
  input  load_t           load_i,
  input  weight_address_t address_i,
  output weight_t         weight_o,
  input  drive_t          drive_i,
  input  logic            first_i,
  output dot_t            dot_o,
  output logic            carry_o
);
  logic mine_q;                        // decided a clock ahead
  always_ff @(posedge clk_i) mine_q <= load_i.lane == Lane;

  basin_ram #(.Width(CfgWeightBits), .Words(WeightWords)) u_weights (
    .clk_i,
    .write_i(load_i.write[KindWeights] && mine_q),
    .write_address_i(load_i.address[WeightAddressBits-1:0]),
    .write_data_i(load_i.data[CfgWeightBits-1:0]),
    .read_address_i(address_i),
    .read_data_o(weight_o)
  );

  logic signed [ProductBits-1:0] product;
  logic product_carry;
  basin_multiplier #(.FactorBits(CfgWeightBits), .ValueBits(CfgDriveBits)) u_multiplier (
    .clk_i,
    .factor_i(weight_o),
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

  logic unused;
  assign unused = ^{load_i.write, load_i.data, load_i.address, rst_ni};

  `BASIN_ASSERT(LaneDecidedInTime, !load_i.write[KindWeights] || mine_q == (load_i.lane == Lane))
endmodule
