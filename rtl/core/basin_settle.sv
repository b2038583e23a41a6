// What a step leads to (docs/arithmetic.md §5): counts steps and quiet passes, says which page of
// outputs is current, which phase the next step is of and whether it is of order 1, and ends the
// run.
//
// Timing: moved_i of a step's neurons come before its step_done_i, the clock that writes its last
// output. Two clocks later finish_o ends the run or not. The first state of the following step
// is written ProductLatency + UpdateLatency clocks or more after step_done_i: settling is decided
// before it.
`include "basin_assert.svh"

module basin_settle
  import basin_pkg::*;
(
  input  logic      clk_i,
  input  logic      rst_ni,
  input  logic      order2_i,
  input  page_t     delay_i,             // the longest
  input  word_t     limit_i,
  input  lengths_t  lengths_i,
  input  logic      state_loaded_i,
  input  logic      start_i,
  input  logic      stop_i,
  input  logic      running_i,
  input  logic      moved_i,
  input  logic      step_done_i,
  output phase_t    phase_o,
  output logic      first_order_o,
  output page_t     front_o,
  output logic      settled_o,
  output word_t     steps_o,
  output word_t     cycles_o,
  output logic      finish_o
);
  logic moved_d, moved_q, fresh_d, fresh_q, settled_d, settled_q, stop_d, stop_q;
  page_t front_d, front_q;
  logic [PageBits:0] quiet_d, quiet_q, needed_q;      // quiet passes, up to CfgPages
  word_t steps_d, steps_q, cycles_d, cycles_q;
  logic done_q, decide_q, limit_q, last_phase, phase_begins;

  always_comb begin
    moved_d = moved_q || moved_i;
    fresh_d = fresh_q;
    front_d = front_q;
    quiet_d = quiet_q;
    steps_d = steps_q;
    if (step_done_i) begin
      moved_d = 1'b0;
      fresh_d = 1'b0;
      front_d = front_q + page_t'(1);
      quiet_d = moved_q ? '0 : quiet_q + (PageBits+1)'(!quiet_q[PageBits]);
      steps_d = steps_q + 32'd1;
    end
    settled_d = done_q ? last_phase && quiet_q >= needed_q : settled_q;
    cycles_d = cycles_q + 32'd1;
    stop_d = (running_i || start_i) && (stop_q || stop_i);
    if (start_i) begin
      moved_d = 1'b0;
      steps_d = '0;
      cycles_d = '0;
    end
    if (phase_begins) begin
      fresh_d = 1'b1;
      quiet_d = '0;
    end
    if (state_loaded_i) begin
      fresh_d = 1'b1;
      quiet_d = '0;
      settled_d = 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      fresh_q   <= 1'b1;
      front_q   <= '0;
      quiet_q   <= '0;
      settled_q <= 1'b0;
      stop_q    <= 1'b0;
      steps_q   <= '0;
      cycles_q  <= '0;
      done_q    <= 1'b0;
      decide_q  <= 1'b0;
    end else begin
      fresh_q   <= fresh_d;
      front_q   <= front_d;
      quiet_q   <= quiet_d;
      settled_q <= settled_d;
      stop_q    <= stop_d;
      steps_q   <= steps_d;
      if (start_i || running_i) cycles_q <= cycles_d;
      done_q    <= step_done_i;
      decide_q  <= done_q;
    end
    moved_q <= moved_d;
    needed_q <= (PageBits+1)'(1) + (PageBits+1)'(order2_i) + (PageBits+1)'(delay_i);
    limit_q <= steps_q == limit_i;        // a limit of 0 is never met: steps_q is not 0 here
  end

  basin_phases u_phases (
    .clk_i,
    .rst_ni,
    .lengths_i,
    .state_loaded_i,
    .start_i,
    .step_done_i,
    .goes_on_i(decide_q && !finish_o),
    .phase_o,
    .last_o(last_phase),
    .begin_o(phase_begins)
  );

  assign first_order_o = fresh_q || !order2_i;
  assign front_o = front_q;
  assign settled_o = settled_q;
  assign steps_o = steps_q;
  assign cycles_o = cycles_q;
  assign finish_o = decide_q && (settled_q || limit_q || stop_q);

  `BASIN_ASSERT(QuietIsBounded, 32'(quiet_q) <= CfgPages)
  `BASIN_ASSERT(LimitHolds, limit_i == '0 || !running_i || steps_q <= limit_i)
  `BASIN_ASSERT(DoneWhileRunning, !step_done_i || running_i)
  `BASIN_ASSERT(SettlesInTheLastPhase, !settled_q || last_phase)
  `BASIN_ASSERT(PhaseBeginsBetweenSteps, !(phase_begins && (step_done_i || done_q)))
  `BASIN_ASSERT(NoLoadWhileRunning, !(state_loaded_i && step_done_i))
endmodule
