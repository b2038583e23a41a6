// Issues a run of the factored form: the prime, a pass that activates every loaded state and takes the
// outputs into y, then for every step z = Â y and a pass over all neurons, in which each neuron's sum
// leads to its new output and that goes into the next y at once.
//
// Guarantee: a step takes MemoryGroups * (n + M * CoreDigits) + Latency clocks (docs/arithmetic.md §9).
`include "basin_assert.svh"

module basin_passes
  import basin_pkg::*;
(
  input  logic            clk_i,
  input  logic            rst_ni,
  input  logic            start_i,
  input  logic            finish_i,          // the run ends now
  input  count_t          neurons_i,
  input  index_t          last_i,            // neurons_i - 1
  output logic            running_o,
  output logic            running_next_o,    // running_o of the next clock
  output logic            prime_o,           // the pass under way is the prime
  output pass_t           pass_o,            // a word of X
  output index_t          index_o,           // its neuron
  output factor_address_t factor_address_o,
  output mix_t            mix_o,
  output lane_t           lane_o,            // that has the column's overlap
  output core_address_t   core_address_o
);
  typedef enum logic [2:0] { Idle, Pass, WaitMix, Mix, WaitPass } state_e;
  localparam int unsigned WaitBits = $clog2(larger(MixWait, PassWait) + 1);
  localparam int unsigned MemoryBits = $clog2(Memories + 1);
  localparam int unsigned HeightBits = index_bits(MemoryGroups);
  localparam int unsigned DigitCountBits = index_bits(CoreDigits);
  typedef logic [WaitBits-1:0] wait_t;
  typedef logic [MemoryBits-1:0] memories_t;
  typedef logic [HeightBits-1:0] group_t;
  typedef logic [DigitCountBits-1:0] digit_t;
  localparam group_t LastGroup = group_t'(MemoryGroups - 1);

  state_e state_d, state_q;
  wait_t wait_d, wait_q;                     // clocks left to wait, this one included
  logic prime_d, prime_q;
  index_t index_d, index_q;
  count_t left_d, left_q;                    // neurons left in the pass, this one included
  group_t group_d, group_q;                  // of memories in a pass, of rows in a mix
  logic clear_d, clear_q;                    // first clock of a group of rows
  digit_t digit_d, digit_q;
  lane_t lane_d, lane_q;
  memories_t columns_d, columns_q;           // left in the row, this one included
  core_address_t core_d, core_q;
  logic pass_last, row_last, turn, mix_last;
  // What is the last of its kind is known a clock ahead: a comparison before the next state would be long.
  logic group_last_d, group_last_q;          // group_q is the last
  logic left_last_d, left_last_q;            // left_q is 1
  logic digit_last_d, digit_last_q;          // digit_q is its column's last, and this clock has a digit
  logic lane_last_d, lane_last_q;            // lane_q is the last
  logic column_last_d, column_last_q;        // columns_q is 1

  assign pass_last = group_last_q && left_last_q;
  assign row_last = digit_last_q && column_last_q;
  assign turn = digit_last_q && (lane_last_q || column_last_q);
  assign mix_last = row_last && group_last_q;
  assign group_last_d = group_d == LastGroup;
  assign left_last_d = left_d == count_t'(1);
  assign digit_last_d = !clear_d && digit_d == digit_t'(CoreDigits - 1);
  assign lane_last_d = lane_d == lane_t'(Lanes - 1);
  assign column_last_d = columns_d == memories_t'(1);

  always_comb begin
    state_d = state_q;
    wait_d = wait_q - wait_t'(1);
    prime_d = prime_q;
    unique case (state_q)
      Pass: if (pass_last) begin
        state_d = WaitMix;
        wait_d = wait_t'(MixWait);
      end
      WaitMix: if (wait_q == wait_t'(1)) state_d = Mix;
      Mix: if (mix_last) begin
        state_d = PassWait == 0 ? Pass : WaitPass;
        wait_d = wait_t'(PassWait);
        prime_d = 1'b0;
      end
      WaitPass: if (wait_q == wait_t'(1)) state_d = Pass;
      default: ;
    endcase
    if (start_i) begin
      state_d = Pass;
      prime_d = 1'b1;
    end
    if (finish_i) state_d = Idle;
  end

  // Words of X; a pass begins with everything at its start.
  always_comb begin
    index_d = index_q;
    left_d = left_q;
    group_d = group_q;
    if (state_q == Pass) begin
      group_d = group_last_q ? '0 : group_q + group_t'(1);
      if (group_last_q) begin
        index_d = index_q + index_t'(1);
        left_d = left_q - count_t'(1);
      end
    end
    if (state_q == Mix && row_last) group_d = group_q + group_t'(1);
    if (start_i || mix_last || state_q == WaitMix) group_d = '0;
    if (start_i || state_q == Mix) begin
      index_d = '0;
      left_d = neurons_i;
    end
  end

  // Digits of the core's entries, column after column, row group after row group.
  always_comb begin
    clear_d = 1'b0;
    digit_d = digit_q + digit_t'(1);
    lane_d = lane_q;
    columns_d = columns_q;
    core_d = core_q;
    if (digit_last_q) begin
      digit_d = '0;
      lane_d = turn ? '0 : lane_q + lane_t'(1);
      columns_d = columns_q - memories_t'(1);
      core_d = core_q + core_address_t'(1);
    end
    if (row_last || clear_q) begin
      digit_d = '0;
      lane_d = '0;
      columns_d = memories_t'(Memories);
    end
    if (row_last) clear_d = 1'b1;
    if (state_q != Mix) begin
      clear_d = 1'b1;
      core_d = '0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) state_q <= Idle;
    else         state_q <= state_d;
    wait_q    <= wait_d;
    prime_q   <= prime_d;
    index_q   <= index_d;
    left_q    <= left_d;
    group_q   <= group_d;
    clear_q   <= clear_d;
    digit_q   <= digit_d;
    lane_q    <= lane_d;
    columns_q <= columns_d;
    core_q    <= core_d;
    group_last_q  <= group_last_d;
    left_last_q   <= left_last_d;
    digit_last_q  <= digit_last_d;
    lane_last_q   <= lane_last_d;
    column_last_q <= column_last_d;
  end

  logic passing, mixing;
  assign passing = state_q == Pass;
  assign mixing = state_q == Mix;
  assign running_o = state_q != Idle;
  assign running_next_o = start_i || (running_o && !finish_i);
  assign prime_o = prime_q;
  assign pass_o = '{valid: passing, first: passing && group_q == '0, last: passing && group_last_q};
  assign index_o = index_q;
  assign mix_o = '{
    valid: mixing && !clear_q,
    clear: mixing && clear_q,
    lowest: mixing && !clear_q && digit_q == '0,
    final_group: group_last_q,
    last: mixing && row_last,
    turn: mixing && turn
  };
  assign lane_o = lane_q;
  assign core_address_o = core_q;
  if (MemoryGroups > 1) begin : gen_groups
    assign factor_address_o = factor_address_t'({index_q, group_q});
  end else begin : gen_one_group
    assign factor_address_o = factor_address_t'(index_q);
  end

  // The step's length, counted and by the formula.
  word_t length_q, expected;
  logic counting_q, step_starts;
  assign step_starts = state_q != Pass && state_d == Pass && !start_i;
  assign expected = MemoryGroups * (word_t'(neurons_i) + Memories * CoreDigits) + Latency;
  always_ff @(posedge clk_i) begin
    length_q <= step_starts || start_i ? word_t'(1) : length_q + word_t'(1);
    counting_q <= rst_ni && (counting_q || start_i) && !finish_i;
  end

  `BASIN_ASSERT(StartsIdle, !start_i || !running_o)
  `BASIN_ASSERT(StepTakesFormula, !(step_starts && counting_q) || length_q == expected)
  `BASIN_ASSERT(LastIsLast, !running_o || count_t'(last_i) + count_t'(1) == neurons_i)
  `BASIN_ASSERT(IndexInRange, !passing || 32'(index_q) + 32'(left_q) == 32'(neurons_i))
  `BASIN_ASSERT(CoreAddressInRange, !mixing || clear_q || 32'(core_q) < CoreWords)
  `BASIN_ASSERT(ColumnsLeft, !mixing || clear_q || columns_q != '0)
  `BASIN_ASSERT(GroupLastAgrees, !running_o || group_last_q == (group_q == LastGroup))
  `BASIN_ASSERT(LeftLastAgrees, !passing || left_last_q == (left_q == count_t'(1)))
  `BASIN_ASSERT(DigitLastAgrees, !mixing || digit_last_q == (!clear_q && digit_q == digit_t'(CoreDigits - 1)))
  `BASIN_ASSERT(LaneLastAgrees, !mixing || clear_q || lane_last_q == (lane_q == lane_t'(Lanes - 1)))
  `BASIN_ASSERT(ColumnLastAgrees, !mixing || clear_q || column_last_q == (columns_q == memories_t'(1)))
  `BASIN_ASSERT(GroupExists, !running_o || 32'(group_q) < MemoryGroups)
endmodule
