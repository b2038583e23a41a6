// One lane of z = Â y: rows p, p + P, p + 2P … of the core, one group after another. There is no
// multiplier: a row's entry is taken in digits of radix 4, the lowest first, while the overlap that all
// lanes share (overlap_i) moves up two bits a digit. A digit adds 0, ±1 or ±2 times it to one sum.
//
// Timing: mix_i with its word's address_i; overlap_i and sums follow as basin_pkg says. A sum that is
// complete goes to a ring of one a group, or stays where it is when there is one group. mixed_o is the
// one at the output; turn_i moves on to the next.
// Limits: mixed_t holds M products of the largest entries and overlaps.
`include "basin_assert.svh"

module basin_mix
  import basin_pkg::*;
#(
  parameter int unsigned Lane = 0,
  localparam int unsigned RowBits = OverlapBits + CfgWeightBits - 1
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,
  input  load_t                     load_i,
  input  mix_t                      mix_i,        // RamLatency after its address
  input  core_address_t             address_i,
  input  logic signed [RowBits-1:0] overlap_i,    // at the digit's row
  input  logic                      turn_i,
  output weight_t                   weight_o,     // RamLatency after address_i
  output mixed_t                    mixed_o
);
  logic mine_q;                                   // decided a clock ahead
  always_ff @(posedge clk_i) mine_q <= load_i.lane == lane_t'(Lane);
  basin_ram #(
    .Width(CfgWeightBits),
    .Words(CoreWords),
    .Filled(CfgContents),
    .Contents(ContentsCore[Lane*CoreContentsBits+:CoreContentsBits])
  ) u_core (
    .clk_i,
    .write_i(load_i.write[KindCore] && mine_q),
    .write_address_i(load_i.address[CoreAddressBits-1:0]),
    .write_data_i(load_i.data[CfgWeightBits-1:0]),
    .read_address_i(address_i),
    .read_data_o(weight_o)
  );

  // Digits: the entry's lowest three bits, with a zero below it, name one.
  logic [2*CoreDigits:0] entry_q;
  mix_t entered_q, digit_q, row_q, summed_q;
  logic zero_q, twice_q, minus_q, row_minus_q, absent;
  logic signed [RowBits-1:0] multiple, product_q;
  // A lane without a memory in the last group keeps its sum at zero there.
  assign absent = Lane >= LastLanes && entered_q.final_group;
  assign multiple = (twice_q ? overlap_i <<< 1 : overlap_i) ^ {RowBits{minus_q}};
  always_ff @(posedge clk_i) begin
    entry_q     <= mix_i.lowest ? {(2*CoreDigits)'(weight_o), 1'b0} : entry_q >> 2;
    zero_q      <= !entered_q.valid || absent || entry_q[2:0] inside {3'b000, 3'b111};
    twice_q     <= entry_q[2:0] inside {3'b011, 3'b100};
    minus_q     <= entry_q[2] && entry_q[2:0] != 3'b111;
    row_minus_q <= minus_q && !zero_q;
    if (zero_q) product_q <= '0;
    else        product_q <= multiple;
  end
  always_ff @(posedge clk_i) begin
    entered_q <= rst_ni ? mix_i : '0;
    digit_q   <= rst_ni ? entered_q : '0;
    row_q     <= rst_ni ? digit_q : '0;
    summed_q  <= rst_ni ? row_q : '0;
  end

  // The sum. A group is cleared in the clock that hands the one before it on.
  mixed_t sum, sum_q;
  assign sum = mixed_t'(({sum_q, 1'b1} + {MixedBits'(product_q), row_minus_q}) >> 1);
  always_ff @(posedge clk_i) begin
    if (row_q.clear)      sum_q <= '0;
    else if (row_q.valid) sum_q <= sum;
  end
  if (MemoryGroups > 1) begin : gen_groups
    basin_ring #(.Width(MixedBits), .Length(MemoryGroups)) u_mixed (
      .clk_i,
      .clear_i(1'b0),
      .turn_i(summed_q.last || turn_i),
      .value_i(summed_q.last ? sum_q : mixed_o),
      .value_o(mixed_o)
    );
    `BASIN_ASSERT(TurnsOneWay, !(summed_q.last && turn_i))
  end else begin : gen_one_group
    logic unused_turn;
    assign unused_turn = turn_i;
    assign mixed_o = sum_q;
  end

  logic unused;
  assign unused = ^{load_i, mix_i, entered_q, digit_q, row_q, summed_q, rst_ni};
  `BASIN_ASSERT(ClearsBetweenDigits, !(row_q.clear && row_q.valid))
  `BASIN_ASSERT(LaneDecidedInTime, !load_i.write[KindCore] || mine_q == (load_i.lane == lane_t'(Lane)))
endmodule
