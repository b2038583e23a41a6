// The one update stage that all lanes share (docs/arithmetic.md §3): sum and bias, difference,
// order, time constant, one rounding, saturation, and whether the neuron moved. It owns the memories
// by neuron: states, biases, differences, and with their features tau mantissas and masks.
//
// Timing: neuron_i, RamLatency clocks later its dot_i; UpdateLatency after neuron_i the new state
// is at next_o and written; two clocks later moved_o. A new neuron enters every clock.
// In between, prime and fetch read through index_i (states, biases; RamLatency). A neuron of a prime that
// comes this way keeps state and difference.
`include "basin_assert.svh"

module basin_update
  import basin_pkg::*;
(
  input  logic       clk_i,
  input  logic       rst_ni,
  input  load_t      load_i,
  input  count_t     neurons_i,
  input  logic [3:0] exponent_i,
  input  word_t      threshold_i,
  input  logic       first_order_i,      // this step is of order 1
  input  phase_t     phase_i,            // of this step
  input  index_t     index_i,            // neuron_i.index, or another reader's while that is idle
  input  logic       fetch_i,            // every memory reads index_i
  input  neuron_t    neuron_i,
  input  dot_t       dot_i,
  input  logic       carry_i,
  output state_t     state_o,            // u of index_i, RamLatency later
  output bias_t      bias_o,
  output word_t      tau_o,
  output word_t      clamp_o,
  output neuron_t    neuron_o,
  output state_t     next_o,             // its new state
  output logic       overflow_o,         // the clamp changed it
  output logic       moved_o             // MovedLatency after next_o
);
  // Clocks since neuron_i at which each value stands.
  localparam int unsigned Dot = RamLatency;
  localparam int unsigned Difference = Dot + 2;
  localparam int unsigned Wanted = Difference + 2 + TauLatency;      // x
  localparam int unsigned Sum = Wanted + 3;
  localparam int unsigned Next = Sum + 1;
  if (Next != UpdateLatency) $fatal(1, "basin_update: wrong latency");

  // The neuron at every stage.
  neuron_t stage [Next+1];
  assign stage[0] = neuron_i;
  for (genvar k = 1; k <= Next; k++) begin : gen_stage
    neuron_t stage_q;
    always_ff @(posedge clk_i) begin
      stage_q <= stage[k-1];
      if (!rst_ni) stage_q.valid <= 1'b0;
    end
    assign stage[k] = stage_q;
  end
  assign neuron_o = stage[Next];

  // States: written by a load or by an update.
  state_t next_q, earlier;
  logic overflow;
  logic load_state;
  assign load_state = load_i.write[KindStates];
  basin_ram #(.Width(CfgStateBits), .Words(CfgNeurons)) u_states (
    .clk_i,
    .write_i(load_state || stage[Next].valid),
    .write_address_i(load_state ? load_i.address[IndexBits-1:0] : stage[Next].index),
    .write_data_i(load_state ? load_i.data[CfgStateBits-1:0] : next_q),
    .read_address_i(index_i),
    .read_data_o(state_o)
  );
  basin_ram #(
    .Width(CfgBiasBits), .Words(CfgNeurons), .Filled(CfgContents), .Contents(ContentsBiases)
  ) u_biases (
    .clk_i,
    .write_i(load_i.write[KindBiases]),
    .write_address_i(load_i.address[IndexBits-1:0]),
    .write_data_i(load_i.data[CfgBiasBits-1:0]),
    .read_address_i(index_i),
    .read_data_o(bias_o)
  );

  // §3.1–2: n and f.
  state_t state_q, state_later;
  sum_t sum, sum_q;
  difference_t difference_d, difference_q, difference_later_q;
  assign sum = sum_t'(({SumBits'(dot_i), 1'b1} + {SumBits'(bias_o), carry_i}) >> 1);
  always_comb begin
    difference_d = (DifferenceBits'(sum_q) <<< StateLeft) - (DifferenceBits'(state_q) <<< StateRight);
  end
  always_ff @(posedge clk_i) begin
    sum_q <= sum;
    state_q <= state_o;
    difference_q <= difference_d;
    difference_later_q <= difference_q;
  end

  // §3.3: x = f, or f + (2 f - f').
  difference_t previous;
  logic signed [DifferenceBits+1:0] twice_q, wanted_q;
  basin_ram #(.Width(DifferenceBits), .Words(CfgNeurons)) u_differences (
    .clk_i,
    .write_i(stage[Difference].valid && !stage[Difference].prime),
    .write_address_i(stage[Difference].index),
    .write_data_i(difference_q),
    .read_address_i(stage[Difference-RamLatency].index),
    .read_data_o(previous)
  );
  always_ff @(posedge clk_i) begin
    if (first_order_i) twice_q <= '0;
    else twice_q <= ((DifferenceBits+2)'(difference_q) <<< 1) - (DifferenceBits+2)'(previous);
    wanted_q <= (DifferenceBits+2)'(difference_later_q) + twice_q;
  end

  // §3.4: the time constant.
  update_t scaled;
  if (CfgTau) begin : gen_tau
    localparam int unsigned Factor = Difference + 2 - 1 - RamLatency;
    logic [TauBits-1:0] mantissa;
    logic signed [UpdateBits:0] product;
    logic product_carry;
    update_t scaled_q;
    basin_ram #(
      .Width(TauBits), .Words(CfgNeurons), .Filled(CfgContents), .Contents(ContentsTaus)
    ) u_taus (
      .clk_i,
      .write_i(load_i.write[KindTaus]),
      .write_address_i(load_i.address[IndexBits-1:0]),
      .write_data_i(load_i.data[TauBits-1:0]),
      .read_address_i(fetch_i ? index_i : stage[Factor].index),
      .read_data_o(mantissa)
    );
    basin_multiplier #(.FactorBits(TauFactorBits), .ValueBits(DifferenceBits + 2)) u_scale (
      .clk_i,
      .factor_i(TauFactorBits'({1'b0, mantissa}) + TauFactorBits'(1)),
      .value_i(wanted_q),
      .product_o(product),
      .carry_o(product_carry)
    );
    always_ff @(posedge clk_i) scaled_q <= UpdateBits'(product + (UpdateBits+1)'({1'b0, product_carry}));
    assign scaled = scaled_q;
    assign tau_o = word_t'(mantissa);
  end else begin : gen_no_tau
    assign scaled = wanted_q;
    assign tau_o = '0;
  end

  // §3.8: held neurons.
  mask_t mask;
  if (CfgPhases > 0) begin : gen_clamp
    basin_ram #(
      .Width(MaskBits), .Words(CfgNeurons), .Filled(CfgContents), .Contents(ContentsClamps)
    ) u_clamps (
      .clk_i,
      .write_i(load_i.write[KindClamps]),
      .write_address_i(load_i.address[IndexBits-1:0]),
      .write_data_i(load_i.data[MaskBits-1:0]),
      .read_address_i(fetch_i ? index_i : stage[Sum-RamLatency].index),
      .read_data_o(mask)
    );
  end else begin : gen_no_clamp
    assign mask = '0;
  end
  logic held, held_q, kept;
  assign held = mask[phase_i];
  assign kept = held || stage[Sum].prime;
  assign clamp_o = word_t'(mask);

  // §3.5–7.
  basin_delay #(.Width(CfgStateBits), .Clocks(Sum - 1 - Dot)) u_state_later (
    .clk_i, .value_i(state_o), .value_o(state_later)
  );
  basin_round u_round (
    .clk_i,
    .rst_ni,
    .exponent_i,
    .first_order_i,
    .change_i(scaled),
    .state_i(state_later),
    .clamped_i(kept),
    .next_o(next_q),
    .overflow_o(overflow)
  );
  basin_delay #(.Width(CfgStateBits), .Clocks(Next - (Sum - 1))) u_earlier (
    .clk_i, .value_i(state_later), .value_o(earlier)
  );
  assign next_o = next_q;
  assign overflow_o = overflow && stage[Next].valid;

  basin_moved u_moved (
    .clk_i,
    .rst_ni,
    .valid_i(stage[Next].valid),
    .before_i(earlier),
    .after_i(next_q),
    .threshold_i,
    .moved_o
  );

  neuron_t differed, asked;
  assign differed = stage[Difference];
  assign asked = stage[Difference-RamLatency];
  logic unused;
  assign unused = ^{load_i.write, load_i.lane, load_i.address, load_i.data, fetch_i, differed, asked};

  `BASIN_ASSERT(LoadOnlyWhileIdle, !(load_i.write != '0 && neuron_o.valid))
  `BASIN_ASSERT(NeuronInRange, !neuron_o.valid || count_t'(neuron_o.index) < neurons_i)
  // Neither in these stages does the step's phase change, nor a held neuron's state.
  logic underway;
  always_comb begin
    underway = 1'b0;
    for (int k = Difference; k <= Next; k++) underway = underway || stage[k].valid;
  end
  always_ff @(posedge clk_i) held_q <= kept;
  `BASIN_ASSERT(PhaseStands, !underway || phase_i == $past(phase_i))
  `BASIN_ASSERT(HeldStays, !(neuron_o.valid && held_q) || (next_q == earlier && !overflow))
  `BASIN_ASSERT(DifferenceOnlyOnce, !(differed.valid && asked.valid)
                || differed.index != asked.index)
endmodule
