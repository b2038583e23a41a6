// The one activation stage that all neurons share (docs/arithmetic.md §4): a state becomes an output
// code by linear interpolation in a table. It owns the tables, and with their features the gains
// and selectors by neuron.
//
// Timing: neuron_i with its state_i; ActivationLatency later neuron_o with output_o. A new neuron
// enters every clock. While fetch_i holds the read ports, index_i reads gains and selectors and
// table_address_i the tables, RamLatency before their words.
`include "basin_assert.svh"

module basin_activation
  import basin_pkg::*;
(
  input  logic           clk_i,
  input  logic           rst_ni,
  input  load_t          load_i,
  input  logic           fetch_i,
  input  index_t         index_i,
  input  table_address_t table_address_i,
  input  neuron_t        neuron_i,
  input  state_t         state_i,
  output word_t          gain_o,
  output word_t          selector_o,
  output drive_t         base_o,
  output rise_t          rise_o,
  output neuron_t        coming_o,       // neuron_o of RamLatency later
  output neuron_t        neuron_o,
  output drive_t         output_o
);
  // Clocks since neuron_i at which each value stands.
  localparam int unsigned Input = 1 + GainLatency;                    // a
  localparam int unsigned Segment = Input + 2;                        // c, t
  localparam int unsigned Rise = Segment + RamLatency;                // d_c
  localparam int unsigned Product = Rise - 1 + multiplier_latency(PositionBits);
  localparam int unsigned Output = Product + 2;
  if (Output != ActivationLatency) $fatal(1, "basin_activation: wrong latency");

  neuron_t stage [Output+1];
  assign stage[0] = neuron_i;
  for (genvar k = 1; k <= Output; k++) begin : gen_stage
    neuron_t stage_q;
    always_ff @(posedge clk_i) begin
      stage_q <= stage[k-1];
      if (!rst_ni) stage_q.valid <= 1'b0;
    end
    assign stage[k] = stage_q;
  end
  assign coming_o = stage[Output-RamLatency];
  assign neuron_o = stage[Output];

  // §4.1: the table's input.
  state_t state_q, level;
  always_ff @(posedge clk_i) state_q <= state_i;
  if (CfgGain) begin : gen_gain
    logic [GainBits-1:0] gain;
    basin_ram #(
      .Width(GainBits), .Words(CfgNeurons), .Filled(CfgContents), .Contents(ContentsGains)
    ) u_gains (
      .clk_i,
      .write_i(load_i.write[KindGains]),
      .write_address_i(load_i.address[IndexBits-1:0]),
      .write_data_i(load_i.data[GainBits-1:0]),
      .read_address_i(fetch_i ? index_i : stage[1].index),
      .read_data_o(gain)
    );
    basin_gain u_gain (.clk_i, .state_i(state_q), .gain_i(gain), .level_o(level));
    assign gain_o = word_t'(gain);
  end else begin : gen_no_gain
    assign level = state_q;
    assign gain_o = '0;
  end

  // §4.3–4: segment and position.
  logic [SegmentBits-1:0] segment;
  logic [SegmentShift:0] position;
  logic negative, negative_later;
  basin_position u_position (
    .clk_i,
    .rst_ni,
    .level_i(level),
    .negative_o(negative),
    .segment_o(segment),
    .position_o(position)
  );

  // §4.2: the table.
  table_address_t rise_address, base_address;
  if (CfgTables > 1) begin : gen_selector
    logic [1:0] selector;
    basin_ram #(
      .Width(2), .Words(CfgNeurons), .Filled(CfgContents), .Contents(ContentsSelectors)
    ) u_selectors (
      .clk_i,
      .write_i(load_i.write[KindSelectors]),
      .write_address_i(load_i.address[IndexBits-1:0]),
      .write_data_i(load_i.data[1:0]),
      .read_address_i(fetch_i ? index_i : stage[Segment-RamLatency].index),
      .read_data_o(selector)
    );
    assign rise_address = table_address_t'({selector, segment[SegmentsLog2-1:0]});
    assign selector_o = word_t'(selector);
  end else begin : gen_one_table
    assign rise_address = table_address_t'(segment);
    assign selector_o = '0;
  end
  basin_delay #(.Width(TableAddressBits), .Clocks(Product - Rise)) u_base_address (
    .clk_i, .value_i(rise_address), .value_o(base_address)
  );
  basin_ram #(
    .Width(CfgSlopeBits), .Words(TableWords), .Filled(CfgContents), .Contents(ContentsRises)
  ) u_rises (
    .clk_i,
    .write_i(load_i.write[KindRises]),
    .write_address_i(load_i.address[TableAddressBits-1:0]),
    .write_data_i(load_i.data[CfgSlopeBits-1:0]),
    .read_address_i(fetch_i ? table_address_i : rise_address),
    .read_data_o(rise_o)
  );
  basin_ram #(
    .Width(CfgDriveBits), .Words(TableWords), .Filled(CfgContents), .Contents(ContentsBases)
  ) u_bases (
    .clk_i,
    .write_i(load_i.write[KindBases]),
    .write_address_i(load_i.address[TableAddressBits-1:0]),
    .write_data_i(load_i.data[CfgDriveBits-1:0]),
    .read_address_i(fetch_i ? table_address_i : base_address),
    .read_data_o(base_o)
  );

  // §4.5: y = base + rise * t / 2^q, half up. A rise has one bit more in the product: it may be the
  // most negative code.
  logic signed [PositionBits+CfgSlopeBits-1:0] product;
  logic [SegmentShift:0] factor;
  logic product_carry;
  basin_delay #(.Width(SegmentShift + 1), .Clocks(RamLatency - 1)) u_factor (
    .clk_i, .value_i(position), .value_o(factor)
  );
  basin_multiplier #(.FactorBits(PositionBits), .ValueBits(CfgSlopeBits + 1)) u_slope (
    .clk_i,
    .factor_i(PositionBits'({1'b0, factor})),
    .value_i((CfgSlopeBits+1)'(rise_o)),
    .product_o(product),
    .carry_o(product_carry)
  );

  // |y| is at most the full code, so y and its negative fit; the sum's other bits are dropped.
  localparam int unsigned FineBits = CfgDriveBits + SegmentShift;
  logic signed [FineBits-1:0] whole;
  drive_t sum, sum_q, output_q;
  assign whole = (FineBits'(base_o) <<< SegmentShift) | FineBits'(2 ** SegmentShift / 2);
  assign sum = drive_t'(({whole, 1'b1} + {FineBits'(product), product_carry}) >> SegmentShift + 1);
  basin_delay #(.Clocks(Product + 1 - Segment)) u_negative (
    .clk_i, .value_i(negative), .value_o(negative_later)
  );
  always_ff @(posedge clk_i) begin
    sum_q <= sum;
    output_q <= negative_later ? -sum_q : sum_q;
  end
  assign output_o = output_q;

  neuron_t located;
  assign located = stage[Segment];
  logic unused;
  assign unused = ^{load_i.write, load_i.lane, load_i.address, load_i.data, fetch_i, index_i, product, located};

  `BASIN_ASSERT(OutputWithinFullCode, !neuron_o.valid
                || output_q != {1'b1, {(CfgDriveBits-1){1'b0}}})
  `BASIN_ASSERT(PositionInSegment, !located.valid || 32'(position) <= 2 ** SegmentShift)
  `BASIN_ASSERT(LoadOnlyWhileIdle, !(load_i.write != '0 && located.valid))
endmodule
