// Issues a run: the prime (every state once through the activation, or as often as there are pages to
// fill), then column after column, group after group, step after step, until finish_i. It runs ahead: the first columns of a
// step are issued while the last outputs of the step before are still on their way, never sooner
// than each is readable.
//
// Guarantee: a step takes Gn * n + max(0, Latency - (Gn - 1) * P) clocks, Gn = ceil(n / P)
// (docs/arithmetic.md §9).
`include "basin_assert.svh"

module basin_sequencer
  import basin_pkg::*;
(
  input  logic            clk_i,
  input  logic            rst_ni,
  input  logic            start_i,
  input  logic            finish_i,          // the run ends now: what was issued ahead is dropped
  input  count_t          neurons_i,
  input  index_t          last_i,            // neurons_i - 1
  input  page_t           front_i,           // page of outputs that is current
  input  logic            refill_i,          // at start_i: the prime goes over every page but one
  output logic            running_o,
  output logic            running_next_o,    // running_o of the next clock
  output neuron_t         prime_o,           // a state to read and activate
  output column_t         column_o,          // marks of the column under issue
  output index_t          output_index_o,    // its V
  output page_t           output_page_o,
  output weight_address_t weight_address_o   // its weights
);
  localparam int unsigned WaitBits = $clog2(larger(Latency, PrimeLatency) + 1);
  localparam int unsigned Step = CfgNeurons;                   // words from one group to the next
  typedef logic [WaitBits-1:0] wait_t;

  logic waiting_d, waiting_q;        // for the prime, or for outputs on their way
  logic issue_d, issue_q;            // a column is under issue; neither of the two: no run
  logic wake_d, wake_q;              // last clock of waiting
  wait_t wait_d, wait_q;             // clocks left to wait
  wait_t cover_d, cover_q;           // stall that the groups issued so far do not yet hide
  logic covered_d, covered_q;        // none
  count_t left_d, left_q;            // columns left in the group, this one included
  count_t rows_d, rows_q;            // rows left in the step, this group's included
  index_t column_d, column_q;
  page_t page_d, page_q;
  page_t fill_d, fill_q;             // passes of the prime behind the one under way
  logic first_d, first_q, last_d, last_q;          // column of its group; last_q implies issue_q
  logic final_d, final_q;                          // group of its step
  weight_address_t address_d, address_q, next_d, next_q;       // of this column, of the next group
  neuron_t prime_d, prime_q;
  logic step_ends, step_starts, group_starts;      // the clock before a start, the last clock before an end

  assign step_ends = last_q && final_q;
  assign step_starts = wake_q || (step_ends && covered_q);
  assign group_starts = step_starts || (last_q && !final_q);

  always_comb begin
    waiting_d = (waiting_q && !wake_q) || (step_ends && !covered_q);
    issue_d = (issue_q && !step_ends) || step_starts;
    wake_d = (waiting_q && wait_q == wait_t'(2)) || (step_ends && cover_q == wait_t'(1));
    wait_d = step_ends ? cover_q : wait_q - wait_t'(1);
    page_d = page_q + page_t'(step_ends);
    if (fill_q != '0) wait_d = wait_t'(PrimeLatency);     // counts from the last pass on
    if (start_i) begin
      waiting_d = 1'b1;
      wait_d = wait_t'(PrimeLatency);
      page_d = front_i;
    end
    if (finish_i) begin
      waiting_d = 1'b0;
      issue_d = 1'b0;
      wake_d = 1'b0;
    end
  end

  always_comb begin
    column_d = column_q + index_t'(1);
    left_d = left_q - count_t'(1);
    first_d = 1'b0;
    last_d = issue_q && left_q == count_t'(2);
    address_d = address_q + weight_address_t'(1);
    next_d = next_q;
    rows_d = rows_q;
    final_d = final_q;
    cover_d = cover_q;
    covered_d = covered_q;
    if (last_q) begin
      address_d = next_q;
      next_d = next_q + weight_address_t'(Step);
      rows_d = rows_q - count_t'(CfgLanes);
      final_d = 32'(rows_q) <= 2 * CfgLanes;
      cover_d = 32'(cover_q) > CfgLanes ? cover_q - wait_t'(CfgLanes) : '0;
      covered_d = 32'(cover_q) <= CfgLanes;
    end
    if (step_starts) begin
      address_d = '0;
      next_d = weight_address_t'(Step);
      rows_d = neurons_i;
      final_d = 32'(neurons_i) <= CfgLanes;
      cover_d = wait_t'(Latency);
      covered_d = 1'b0;
    end
    if (group_starts) begin
      column_d = '0;
      left_d = neurons_i;
      first_d = 1'b1;
      last_d = neurons_i == count_t'(1);
    end
    if (finish_i) last_d = 1'b0;
  end

  always_comb begin
    prime_d = prime_q;
    prime_d.index = prime_q.index + index_t'(1);
    fill_d = fill_q;
    if (prime_q.index == last_i) begin
      prime_d.index = '0;
      prime_d.valid = fill_q != '0;
      fill_d = prime_d.valid ? fill_q - page_t'(1) : '0;
    end
    if (start_i) fill_d = CfgPages > 2 && refill_i ? page_t'(CfgPages - 2) : '0;
    if (start_i) prime_d = '{valid: 1'b1, prime: 1'b1, last: 1'b0, index: '0};
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      waiting_q <= 1'b0;
      issue_q <= 1'b0;
      wake_q <= 1'b0;
      last_q <= 1'b0;
      prime_q.valid <= 1'b0;
      fill_q <= '0;
    end else begin
      waiting_q <= waiting_d;
      issue_q <= issue_d;
      wake_q <= wake_d;
      last_q <= last_d;
      prime_q.valid <= prime_d.valid;
      fill_q <= fill_d;
    end
    wait_q <= wait_d;
    cover_q <= cover_d;
    covered_q <= covered_d;
    left_q <= left_d;
    rows_q <= rows_d;
    column_q <= column_d;
    page_q <= page_d;
    first_q <= first_d;
    final_q <= final_d;
    address_q <= address_d;
    next_q <= next_d;
    prime_q.index <= prime_d.index;
    prime_q.prime <= prime_d.prime;
    prime_q.last <= prime_d.last;
  end

  assign running_o = waiting_q || issue_q;
  assign running_next_o = start_i || (running_o && !finish_i);
  assign prime_o = prime_q;
  assign column_o = '{valid: issue_q, first: issue_q && first_q, last: last_q};
  assign output_index_o = column_q;
  assign output_page_o = page_q;
  assign weight_address_o = address_q;

  // The step's length, counted and by the formula.
  word_t length_q, groups, expected;
  logic counting_q;
  assign groups = (word_t'(neurons_i) + CfgLanes - 1) / CfgLanes;
  assign expected = groups * word_t'(neurons_i)
                    + (Latency > (groups - 1) * CfgLanes ? Latency - (groups - 1) * CfgLanes : 0);
  always_ff @(posedge clk_i) begin
    length_q <= step_starts ? word_t'(1) : length_q + word_t'(1);
    counting_q <= rst_ni && (counting_q || issue_q) && !(start_i || finish_i);
  end

  `BASIN_ASSERT(StartsIdle, !start_i || !running_o)
  `BASIN_ASSERT(RunsUntilFinished, running_next_o == (waiting_d || issue_d))
  `BASIN_ASSERT(WaitsOrIssues, !(waiting_q && issue_q) && (issue_q || !last_q) && (waiting_q || !wake_q))
  `BASIN_ASSERT(CoveredAgrees, !issue_q || covered_q == (cover_q == '0))
  `BASIN_ASSERT(StepTakesFormula, !(step_starts && counting_q) || length_q == expected)
  `BASIN_ASSERT(LastIsLast, !running_o || count_t'(last_i) + count_t'(1) == neurons_i)
  `BASIN_ASSERT(ColumnInRange, !issue_q || count_t'(column_q) < neurons_i)
  `BASIN_ASSERT(AddressInRange, !issue_q || 32'(address_q) < WeightWords)
  `BASIN_ASSERT(GroupHasRows, !issue_q || rows_q != '0)
  `BASIN_ASSERT(ColumnsLeftAgree, !issue_q || 32'(column_q) + 32'(left_q) == 32'(neurons_i))
  `BASIN_ASSERT(FinalIsFinal, !issue_q || final_q == (32'(rows_q) <= CfgLanes))
endmodule
