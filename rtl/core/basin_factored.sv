// The sums of the factored form (docs/arithmetic.md §3.1): y = X V, z = Â y, Xᵀ z + D̂ V. In a pass the
// signs of one neuron after the other meet z, which gives the neuron's sum; its new output comes back from
// the activation, meets the same signs again and goes into the next y. Between two passes the core's rows
// make the next z. docs/rtl/basin_factored.md has the picture.
//
// Timing: neuron_o runs RamLatency ahead of dot_o and carry_o, a neuron every MemoryGroups clocks; those
// of the prime come like a step's. A fetched word of the core is at weight_o, a sign at sign_o,
// RamLatency + SelectLevels after fetch_i, an output and a diagonal entry RamLatency after others_i.
`include "basin_assert.svh"

module basin_factored
  import basin_pkg::*;
(
  input  logic      clk_i,
  input  logic      rst_ni,
  input  load_t     load_i,
  input  fetch_t    fetch_i,
  input  address_t  others_i,            // fetched address for every memory but factors and core
  input  logic      start_i,
  input  logic      finish_i,
  input  count_t    neurons_i,
  input  index_t    last_i,              // neurons_i - 1
  input  neuron_t   activated_i,
  input  drive_t    drive_i,             // its output
  output logic      running_o,
  output logic      running_next_o,
  output neuron_t   neuron_o,
  output dot_t      dot_o,
  output logic      carry_o,
  output weight_t   weight_o,
  output logic      sign_o,
  output diagonal_t diagonal_o,
  output drive_t    output_o
);
  localparam int unsigned RowBits = OverlapBits + CfgWeightBits - 1;

  // Nothing of the next step is near a memory when a run ends: the end may take a clock more.
  logic finish_q;
  always_ff @(posedge clk_i) finish_q <= rst_ni && finish_i;

  logic prime;
  pass_t pass, meeting;
  mix_t mix, entering;
  index_t index, own_index;
  factor_address_t factor_address;
  core_address_t core_address, core_read;
  lane_t lane;
  basin_passes u_passes (
    .clk_i,
    .rst_ni,
    .start_i,
    .finish_i(finish_q),
    .neurons_i,
    .last_i,
    .running_o,
    .running_next_o,
    .prime_o(prime),
    .pass_o(pass),
    .index_o(index),
    .factor_address_o(factor_address),
    .mix_o(mix),
    .lane_o(lane),
    .core_address_o(core_address)
  );

  // Signs.
  signs_t signs, signs_later, echo;
  basin_factors u_factors (
    .clk_i,
    .rst_ni,
    .load_i,
    .address_i(fetch_i.active ? fetch_i.address[FactorAddressBits-1:0] : factor_address),
    .signs_o(signs),
    .echo_o(echo)
  );
  basin_delay #(.Width(Lanes), .Clocks(FactorDelay)) u_signs (.clk_i, .value_i(signs), .value_o(signs_later));
  basin_track #(.Width($bits(pass_t)), .Clocks(RamLatency + FactorDelay)) u_meeting (
    .clk_i, .rst_ni, .flush_i(finish_q), .bits_i(pass), .bits_o(meeting)
  );

  // Outputs and the diagonal, by neuron.
  drive_t own_drive;
  diagonal_t own_diagonal;
  basin_delay #(.Width(IndexBits)) u_own_index (.clk_i, .value_i(index), .value_o(own_index));
  basin_ram #(.Width(CfgDriveBits), .Words(CfgNeurons)) u_outputs (
    .clk_i,
    .write_i(activated_i.valid),
    .write_address_i(activated_i.index),
    .write_data_i(drive_i),
    .read_address_i(fetch_i.active ? others_i[IndexBits-1:0] : index),
    .read_data_o(own_drive)
  );
  basin_ram #(
    .Width(DiagonalBits), .Words(CfgNeurons), .Filled(CfgContents), .Contents(ContentsDiagonal)
  ) u_diagonal (
    .clk_i,
    .write_i(load_i.write[KindDiagonal]),
    .write_address_i(load_i.address[IndexBits-1:0]),
    .write_data_i(load_i.data[DiagonalBits-1:0]),
    .read_address_i(fetch_i.active ? others_i[IndexBits-1:0] : own_index),
    .read_data_o(own_diagonal)
  );
  assign output_o = own_drive;
  assign diagonal_o = own_diagonal;

  // y: an output stands for all groups of memories.
  localparam int unsigned HoldBits = index_bits(MemoryGroups);
  logic holding_d, holding_q, turn_overlaps, clear_overlaps;
  logic [HoldBits-1:0] held_d, held_q;         // groups that it has met
  drive_t held_drive_q;
  overlap_t [Lanes-1:0] overlaps;
  always_comb begin
    holding_d = activated_i.valid || (holding_q && held_q != HoldBits'(MemoryGroups - 1));
    held_d = activated_i.valid ? '0 : held_q + HoldBits'(1);
    if (finish_q || start_i) holding_d = 1'b0;
  end
  always_ff @(posedge clk_i) begin
    holding_q <= rst_ni && holding_d;
    held_q <= held_d;
    if (activated_i.valid) held_drive_q <= drive_i;
  end
  basin_track #(.Clocks(LaneDelay)) u_turn (
    .clk_i, .rst_ni, .flush_i(finish_q), .bits_i(mix.turn), .bits_o(turn_overlaps)
  );

  // z: the lane's overlap to all lanes, two bits up a digit.
  lane_t overlap_lane;
  overlap_t overlap;
  mix_t loading;
  logic signed [RowBits-1:0] shared_q;
  weight_t [Lanes-1:0] weights;
  mixed_t [Lanes-1:0] mixed;
  basin_delay #(.Width(LaneBits), .Clocks(LaneDelay)) u_overlap_lane (
    .clk_i, .value_i(lane), .value_o(overlap_lane)
  );
  basin_select #(.Width(OverlapBits)) u_overlap (
    .clk_i, .lane_i(overlap_lane), .words_i(overlaps), .word_o(overlap)
  );
  basin_delay #(.Width(CoreAddressBits), .Clocks(CoreDelay)) u_core_read (
    .clk_i, .value_i(core_address), .value_o(core_read)
  );
  basin_track #(.Width($bits(mix_t)), .Clocks(RamLatency + CoreDelay)) u_entering (
    .clk_i, .rst_ni, .flush_i(finish_q), .bits_i(mix), .bits_o(entering)
  );
  basin_track #(.Width($bits(mix_t))) u_loading (
    .clk_i, .rst_ni, .flush_i(finish_q), .bits_i(entering), .bits_o(loading)
  );
  always_ff @(posedge clk_i) shared_q <= loading.lowest ? RowBits'(overlap) : shared_q <<< 2;

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    basin_overlap u_overlap (
      .clk_i,
      .clear_i(clear_overlaps),
      .valid_i(holding_q),
      .minus_i(echo[p]),
      .drive_i(held_drive_q),
      .turn_i(turn_overlaps),
      .overlap_o(overlaps[p])
    );
    basin_mix #(.Lane(p)) u_mix (
      .clk_i,
      .rst_ni,
      .load_i,
      .mix_i(entering),
      .address_i(fetch_i.active ? fetch_i.address[CoreAddressBits-1:0] : core_read),
      .overlap_i(shared_q),
      .turn_i(meeting.valid),
      .weight_o(weights[p]),
      .mixed_o(mixed[p])
    );
  end

  basin_expand u_expand (
    .clk_i,
    .first_i(meeting.first),
    .signs_i(signs_later),
    .mixed_i(mixed),
    .drive_i(own_drive),
    .diagonal_i(own_diagonal),
    .dot_o,
    .carry_o
  );

  // The neuron whose sum follows. With the first one y is no longer read, and not yet written.
  index_t neuron_d, neuron_q;
  logic emit, emit_last;
  basin_track #(.Clocks(NeuronLatency)) u_emit (
    .clk_i, .rst_ni, .flush_i(finish_q), .bits_i(pass.last), .bits_o(emit)
  );
  assign emit_last = neuron_q == last_i;
  always_comb begin
    neuron_d = neuron_q;
    if (emit) neuron_d = emit_last ? '0 : neuron_q + index_t'(1);
    if (start_i) neuron_d = '0;
  end
  always_ff @(posedge clk_i) neuron_q <= neuron_d;
  assign neuron_o = '{valid: emit, prime: prime, last: emit_last && !prime, index: neuron_q};
  assign clear_overlaps = emit && neuron_q == '0;

  // A fetched word of the core or sign.
  lane_t fetched_lane;
  basin_delay #(.Width(LaneBits), .Clocks(RamLatency)) u_fetched_lane (
    .clk_i, .value_i(fetch_i.lane), .value_o(fetched_lane)
  );
  basin_select u_weight (.clk_i, .lane_i(fetched_lane), .words_i(weights), .word_o(weight_o));
  basin_select #(.Width(1)) u_sign (.clk_i, .lane_i(fetched_lane), .words_i(signs), .word_o(sign_o));

  logic unused;
  assign unused = ^{fetch_i, others_i, load_i, activated_i.prime, activated_i.last, meeting.last, loading};

  `BASIN_ASSERT(OutputsKeepTheirDistance, !(activated_i.valid && holding_q) || held_q == HoldBits'(MemoryGroups - 1))
  `BASIN_ASSERT(AddsBetweenMixes, !(holding_q && turn_overlaps))
  `BASIN_ASSERT(ClearsBetweenUses, !(clear_overlaps && (holding_q || turn_overlaps || loading.lowest)))
  `BASIN_ASSERT(IndexInRange, !emit || neuron_q <= last_i)
  `BASIN_ASSERT(OutputReadBeforeItIsWritten, !(pass.valid && activated_i.valid) || prime || activated_i.index < index)
endmodule
