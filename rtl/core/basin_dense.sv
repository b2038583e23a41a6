// The sums of the dense form: W row by row on P lanes. Columns go to all lanes at once, a group of P rows
// after the other; the drain gives the sums out neuron by neuron.
//
// Timing: neuron_o runs RamLatency ahead of dot_o and carry_o; a fetched weight is at weight_o
// RamLatency + SelectLevels after fetch_i, an output at output_o RamLatency after others_i.
`include "basin_assert.svh"

module basin_dense
  import basin_pkg::*;
(
  input  logic     clk_i,
  input  logic     rst_ni,
  input  load_t    load_i,
  input  fetch_t   fetch_i,
  input  address_t others_i,             // fetched address for every memory but the weights
  input  logic     start_i,
  input  logic     finish_i,
  input  count_t   neurons_i,
  input  index_t   last_i,               // neurons_i - 1
  input  page_t    front_i,              // page of outputs that is current
  input  neuron_t  coming_i,             // activated_i of RamLatency later
  input  neuron_t  activated_i,
  input  drive_t   drive_i,              // its output
  output logic     running_o,
  output logic     running_next_o,
  output neuron_t  prime_o,              // a state to read and activate
  output neuron_t  neuron_o,
  output dot_t     dot_o,
  output logic     carry_o,
  output weight_t  weight_o,
  output drive_t   output_o,
  output word_t    delay_o
);
  // Columns.
  column_t column;
  page_t output_page, write_page;
  logic refill, group_end, first_product;
  index_t output_index;
  weight_address_t weight_address;
  basin_sequencer u_sequencer (
    .clk_i,
    .rst_ni,
    .start_i,
    .finish_i,
    .neurons_i,
    .last_i,
    .front_i,
    .refill_i(refill),
    .running_o,
    .running_next_o,
    .prime_o,
    .column_o(column),
    .output_index_o(output_index),
    .output_page_o(output_page),
    .weight_address_o(weight_address)
  );
  basin_track #(.Clocks(ProductLatency - 1)) u_group_end (
    .clk_i, .rst_ni, .flush_i(finish_i), .bits_i(column.last), .bits_o(group_end)
  );
  basin_track #(.Clocks(ProductLatency)) u_first_product (
    .clk_i, .rst_ni, .flush_i(finish_i), .bits_i(column.first), .bits_o(first_product)
  );

  // Outputs.
  drive_t output_word, drive_q;
  basin_outputs u_outputs (
    .clk_i,
    .rst_ni,
    .load_i,
    .fetch_i(fetch_i.active),
    .fetch_index_i(others_i[IndexBits-1:0]),
    .start_i,
    .last_i,
    .front_i,
    .page_i(output_page),
    .index_i(output_index),
    .coming_i,
    .activated_i,
    .drive_i,
    .refill_o(refill),
    .write_page_o(write_page),
    .output_o(output_word),
    .delay_o
  );
  always_ff @(posedge clk_i) drive_q <= output_word;
  assign output_o = output_word;

  // Lanes.
  weight_t [Lanes-1:0] weights;
  dot_t [Lanes-1:0] dots;
  logic [Lanes-1:0] carries;
  weight_address_t lane_address;
  assign lane_address = fetch_i.active ? fetch_i.address[WeightAddressBits-1:0] : weight_address;
  basin_weights u_weights (
    .clk_i,
    .rst_ni,
    .load_i,
    .address_i(lane_address),
    .weights_o(weights)
  );
  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    basin_lane u_lane (
      .clk_i,
      .weight_i(weights[p]),
      .drive_i(drive_q),
      .first_i(first_product),
      .dot_o(dots[p]),
      .carry_o(carries[p])
    );
  end
  basin_drain u_drain (
    .clk_i,
    .rst_ni,
    .clear_i(start_i),
    .group_end_i(group_end),
    .last_i,
    .dots_i(dots),
    .carries_i(carries),
    .neuron_o,
    .dot_o,
    .carry_o
  );

  // A fetched weight.
  lane_t lane;
  basin_delay #(.Width(LaneBits), .Clocks(RamLatency)) u_lane (
    .clk_i, .value_i(fetch_i.lane), .value_o(lane)
  );
  basin_select u_select (.clk_i, .lane_i(lane), .words_i(weights), .word_o(weight_o));

  logic unused;
  assign unused = ^{fetch_i, others_i, column.valid, activated_i.last};

  `BASIN_ASSERT(ReadsWhatIsWritten, !(column.valid && activated_i.valid)
                || output_page != write_page || output_index < activated_i.index)
endmodule
