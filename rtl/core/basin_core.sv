// A continuous-time Hopfield network stepped in integers, exactly as docs/arithmetic.md says. This
// file is wiring: the product of the configuration's form gives the neurons' sums out one by one, one shared
// update and one shared activation stage take them, and the outputs go back to the product.
// docs/rtl/basin_core.md has the picture.
//
// One clock, synchronous reset. Register accesses take one clock, read data comes in the next.
// Streams are valid/ready. monitor_* shows every state as it is written, in order of i.
`include "basin_assert.svh"

module basin_core
  import basin_pkg::*;
(
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        reg_valid_i,
  input  logic        reg_write_i,
  input  logic [3:0]  reg_addr_i,
  input  logic [31:0] reg_wdata_i,
  output logic [31:0] reg_rdata_o,
  input  logic        load_valid_i,
  output logic        load_ready_o,
  input  logic [31:0] load_data_i,
  input  logic        load_last_i,
  output logic        read_valid_o,
  input  logic        read_ready_i,
  output logic [31:0] read_data_o,
  output logic        read_last_o,
  output logic        monitor_valid_o,
  output index_t      monitor_index_o,
  output state_t      monitor_state_o,
  output logic        busy_o,
  output logic        settled_o,
  output logic        overflow_o,
  output logic        load_error_o
);
  // Registers and commands.
  settings_t settings;
  logic accept, start, check, clear, stop, read, finish;
  logic running, checking, reading, running_next, checking_next, reading_next, busy_q;
  logic loader_error, reader_error, update_overflow;
  header_t read_header;
  word_t steps, cycles, network_id;
  phase_t phase;
  always_ff @(posedge clk_i) begin
    busy_q <= rst_ni && (accept || running_next || checking_next || reading_next);
  end

  basin_registers u_registers (
    .clk_i,
    .rst_ni,
    .reg_valid_i,
    .reg_write_i,
    .reg_addr_i,
    .reg_wdata_i,
    .reg_rdata_o,
    .busy_i(busy_q),
    .settled_i(settled_o),
    .phase_i(phase),
    .overflow_i(update_overflow),
    .load_error_i(loader_error || reader_error),
    .steps_i(steps),
    .cycles_i(cycles),
    .network_id_i(network_id),
    .settings_o(settings),
    .accept_o(accept),
    .start_o(start),
    .check_o(check),
    .clear_o(clear),
    .stop_o(stop),
    .read_o(read),
    .read_header_o(read_header),
    .overflow_o,
    .load_error_o
  );
  assign busy_o = busy_q;

  // Loading, reading, checking.
  load_t load;
  fetch_t read_fetch, check_fetch, fetch_q;
  word_t fetch_word;
  address_t fetch_address;

  basin_loader u_loader (
    .clk_i,
    .rst_ni,
    .clear_i(clear),
    .busy_i(busy_q),
    .neurons_i(settings.neurons),
    .valid_i(load_valid_i),
    .ready_o(load_ready_o),
    .data_i(load_data_i),
    .last_i(load_last_i),
    .load_o(load),
    .error_o(loader_error)
  );
  basin_reader u_reader (
    .clk_i,
    .rst_ni,
    .request_i(read),
    .header_i(read_header),
    .neurons_i(settings.neurons),
    .busy_o(reading),
    .busy_next_o(reading_next),
    .error_o(reader_error),
    .fetch_o(read_fetch),
    .word_i(fetch_word),
    .valid_o(read_valid_o),
    .ready_i(read_ready_i),
    .data_o(read_data_o),
    .last_o(read_last_o)
  );
  basin_check u_check (
    .clk_i,
    .rst_ni,
    .start_i(check),
    .neurons_i(settings.neurons),
    .busy_o(checking),
    .busy_next_o(checking_next),
    .fetch_o(check_fetch),
    .word_i(fetch_word),
    .network_id_o(network_id)
  );
  always_ff @(posedge clk_i) fetch_q <= checking ? check_fetch : read_fetch;

  // Sums, one neuron at a time, through update and activation.
  neuron_t prime, drained, updated, primed, entering, activated;
  dot_t dot;
  neuron_t coming;
  page_t front;
  logic carry, first_order, moved, sign;
  index_t neuron_index;
  state_t state, next;
  bias_t bias;
  drive_t base, output_word, activated_output;
  rise_t rise;
  word_t tau, clamp, gain, selector, delay;
  weight_t weight;
  diagonal_t diagonal;

  if (Factored) begin : gen_factored
    basin_factored u_product (
      .clk_i,
      .rst_ni,
      .load_i(load),
      .fetch_i(fetch_q),
      .others_i(fetch_address),
      .start_i(start),
      .finish_i(finish),
      .neurons_i(settings.neurons),
      .last_i(settings.last),
      .activated_i(activated),
      .drive_i(activated_output),
      .running_o(running),
      .running_next_o(running_next),
      .neuron_o(drained),
      .dot_o(dot),
      .carry_o(carry),
      .weight_o(weight),
      .sign_o(sign),
      .diagonal_o(diagonal),
      .output_o(output_word)
    );
    assign prime = '0;                   // comes with the steps' neurons
    assign delay = '0;
  end else begin : gen_dense
    basin_dense u_product (
      .clk_i,
      .rst_ni,
      .load_i(load),
      .fetch_i(fetch_q),
      .others_i(fetch_address),
      .start_i(start),
      .finish_i(finish),
      .neurons_i(settings.neurons),
      .last_i(settings.last),
      .front_i(front),
      .coming_i(coming),
      .activated_i(activated),
      .drive_i(activated_output),
      .running_o(running),
      .running_next_o(running_next),
      .prime_o(prime),
      .neuron_o(drained),
      .dot_o(dot),
      .carry_o(carry),
      .weight_o(weight),
      .output_o(output_word),
      .delay_o(delay)
    );
    assign sign = 1'b0;
    assign diagonal = '0;
  end

  always_comb begin
    neuron_index = drained.index;
    if (prime.valid) neuron_index = prime.index;
    if (fetch_q.active) neuron_index = fetch_address[IndexBits-1:0];
  end
  basin_update u_update (
    .clk_i,
    .rst_ni,
    .load_i(load),
    .neurons_i(settings.neurons),
    .exponent_i(settings.exponent),
    .threshold_i(settings.threshold),
    .first_order_i(first_order),
    .phase_i(phase),
    .index_i(neuron_index),
    .fetch_i(fetch_q.active),
    .neuron_i(drained),
    .dot_i(dot),
    .carry_i(carry),
    .state_o(state),
    .bias_o(bias),
    .tau_o(tau),
    .clamp_o(clamp),
    .neuron_o(updated),
    .next_o(next),
    .overflow_o(update_overflow),
    .moved_o(moved)
  );
  basin_track #(.Width($bits(neuron_t)), .Clocks(RamLatency)) u_primed (
    .clk_i, .rst_ni, .flush_i(1'b0), .bits_i(prime), .bits_o(primed)
  );
  assign entering = primed.valid ? primed : updated;
  basin_activation u_activation (
    .clk_i,
    .rst_ni,
    .load_i(load),
    .fetch_i(fetch_q.active),
    .index_i(neuron_index),
    .table_address_i(fetch_address[TableAddressBits-1:0]),
    .neuron_i(entering),
    .state_i(primed.valid ? state : next),
    .gain_o(gain),
    .selector_o(selector),
    .base_o(base),
    .rise_o(rise),
    .coming_o(coming),
    .neuron_o(activated),
    .output_o(activated_output)
  );
  basin_settle u_settle (
    .clk_i,
    .rst_ni,
    .order2_i(settings.order2),
    .delay_i(settings.delay),
    .limit_i(settings.limit),
    .lengths_i(settings.lengths),
    .state_loaded_i(load.write[KindStates]),
    .start_i(start),
    .stop_i(stop),
    .running_i(running),
    .moved_i(moved),
    .step_done_i(activated.valid && activated.last),
    .phase_o(phase),
    .first_order_o(first_order),
    .front_o(front),
    .settled_o,
    .steps_o(steps),
    .cycles_o(cycles),
    .finish_o(finish)
  );
  basin_fetch u_fetch (
    .clk_i,
    .fetch_i(fetch_q),
    .settings_i(settings),
    .others_o(fetch_address),
    .weight_i(weight),
    .sign_i(sign),
    .diagonal_i(diagonal),
    .bias_i(bias),
    .gain_i(gain),
    .tau_i(tau),
    .selector_i(selector),
    .delay_i(delay),
    .base_i(base),
    .state_i(state),
    .clamp_i(clamp),
    .output_i(output_word),
    .rise_i(rise),
    .word_o(fetch_word)
  );

  logic unused;
  assign unused = ^{fetch_address, front, coming};

  assign monitor_valid_o = updated.valid && !updated.prime;
  assign monitor_index_o = updated.index;
  assign monitor_state_o = next;

  `BASIN_ASSERT(PrimeBeforeUpdate, !(primed.valid && updated.valid))
  `BASIN_ASSERT(PrimeOrDrain, !(prime.valid && drained.valid))
  `BASIN_ASSERT(BusyIsAnyOfThem, busy_q == (running || checking || reading || start || check || read))
  `BASIN_ASSERT(OneAtATime, 32'(running) + 32'(checking) + 32'(reading) <= 1)
  `BASIN_ASSERT(FetchesOnlyBetweenRuns, !(running && fetch_q.active))
  `BASIN_ASSERT(UpdatesOnlyInARun, running || !updated.valid)
endmodule
