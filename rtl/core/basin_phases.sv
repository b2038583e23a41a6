// Where a recall is in its phases (docs/arithmetic.md §5): counts the steps of each phase and says
// when the next one begins.
//
// Timing: three clocks after start_i, and two after step_done_i where the run goes on, begin_o for a
// clock if the next step is the first of another phase; phase_o is its number from the next clock on,
// when no neuron of that step has left the lanes yet. Without phases all outputs are constant.
`include "basin_assert.svh"

module basin_phases
  import basin_pkg::*;
(
  input  logic     clk_i,
  input  logic     rst_ni,
  input  lengths_t lengths_i,
  input  logic     state_loaded_i,
  input  logic     start_i,
  input  logic     step_done_i,
  input  logic     goes_on_i,            // the run does, two clocks after step_done_i
  output phase_t   phase_o,
  output logic     last_o,               // the last phase: a run may settle
  output logic     begin_o
);
  if (CfgPhases > 1) begin : gen_phases
    localparam phase_t Last = phase_t'(CfgPhases - 1);
    phase_t phase_d, phase_q, next;
    word_t made_d, made_q;               // steps, in this phase
    word_t length_q;                     // of this phase
    logic over_q, started;
    logic [TimedPhases-1:0] empty_q;

    // When over_q knows what was loaded last.
    basin_track #(.Clocks(3)) u_started (
      .clk_i, .rst_ni, .flush_i(1'b0), .bits_i(start_i), .bits_o(started)
    );
    assign last_o = phase_q == Last;
    assign begin_o = (started || goes_on_i) && over_q && !last_o;

    always_comb begin
      next = Last;
      for (int unsigned p = TimedPhases - 1; p > 0; p--) begin
        if (phase_t'(p) > phase_q && !empty_q[p]) next = phase_t'(p);
      end
      phase_d = phase_q;
      made_d = step_done_i ? made_q + 32'd1 : made_q;
      if (begin_o) begin
        phase_d = next;
        made_d = '0;
      end
      if (state_loaded_i) begin
        phase_d = '0;
        made_d = '0;
      end
    end

    always_ff @(posedge clk_i) begin
      if (!rst_ni) phase_q <= '0;
      else         phase_q <= phase_d;
      made_q <= rst_ni ? made_d : '0;
      length_q <= last_o ? '0 : lengths_i[phase_q];
      over_q <= made_q >= length_q;
      for (int unsigned p = 0; p < TimedPhases; p++) empty_q[p] <= lengths_i[p] == '0;
    end
    assign phase_o = phase_q;
    logic unused;
    assign unused = empty_q[0];          // nothing leads to phase 0 but a load

    `BASIN_ASSERT(PhaseExists, phase_q <= Last)
    `BASIN_ASSERT(PhaseOnlyForward, !$past(rst_ni) || phase_q >= $past(phase_q) || $past(state_loaded_i))
    `BASIN_ASSERT(NoEmptyPhaseBegins, !begin_o || next == Last || lengths_i[next] != '0)
    `BASIN_ASSERT(StepsFitThePhase, last_o || !step_done_i || made_q < lengths_i[phase_q])
  end else begin : gen_one_phase
    assign phase_o = '0;
    assign last_o = 1'b1;
    assign begin_o = 1'b0;
    logic unused;
    assign unused = ^{clk_i, rst_ni, lengths_i, state_loaded_i, start_i, step_done_i, goes_on_i};
  end
endmodule
