// Answers a read request (docs/arithmetic.md §7) with its words, one every FetchLatency + 2 clocks
// or as slowly as they are taken. A request that breaks a rule raises error_o for a clock instead.
`include "basin_assert.svh"

module basin_reader
  import basin_pkg::*;
(
  input  logic    clk_i,
  input  logic    rst_ni,
  input  logic    request_i,           // only while not busy_o
  input  header_t header_i,
  input  count_t  neurons_i,
  output logic    busy_o,
  output logic    busy_next_o,         // busy_o of the next clock
  output logic    error_o,
  output fetch_t  fetch_o,
  input  word_t   word_i,              // FetchLatency after its fetch
  output logic    valid_o,
  input  logic    ready_i,
  output word_t   data_o,
  output logic    last_o
);
  typedef enum logic [1:0] { Idle, Locate, Fetch, Give } state_e;
  localparam int unsigned WaitBits = $clog2(FetchLatency + 1);
  typedef logic [WaitBits-1:0] wait_t;

  state_e state_d, state_q;
  header_t header_q;
  logic start_q, located, legal;
  lane_t lane, lane_d, lane_q;
  logic signs, turn;                       // signs go from lane to lane; the last one leads to the next word
  address_t first, address_d, address_q;
  logic [13:0] left_d, left_q;
  wait_t wait_d, wait_q;
  word_t data_q;
  logic last_q;

  basin_locate #(.Reading(1'b1)) u_locate (
    .clk_i,
    .rst_ni,
    .clear_i(1'b0),
    .start_i(start_q),
    .header_i(header_q),
    .neurons_i,
    .done_o(located),
    .legal_o(legal),
    .lane_o(lane),
    .address_o(first)
  );

  assign signs = Factored && header_q.kind == KindFactors;
  assign turn = !signs || lane_q == lane_t'(Lanes - 1);

  always_comb begin
    state_d = state_q;
    lane_d = lane_q;
    address_d = address_q;
    left_d = left_q;
    wait_d = wait_t'(FetchLatency);
    unique case (state_q)
      Idle: if (request_i) state_d = Locate;
      Locate: begin
        lane_d = lane;
        address_d = first;
        left_d = header_q.count;
        if (located) state_d = legal ? Fetch : Idle;
      end
      Fetch: begin
        wait_d = wait_q - wait_t'(1);
        if (wait_q == '0) state_d = Give;
      end
      Give: if (ready_i) begin
        if (signs) lane_d = turn ? '0 : lane_q + lane_t'(1);
        if (turn) address_d = address_q + address_t'(1);
        left_d = left_q - 14'd1;
        state_d = last_q ? Idle : Fetch;
      end
      default: state_d = Idle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      start_q <= 1'b0;
    end else begin
      state_q <= state_d;
      start_q <= state_q == Idle && request_i;
    end
    if (state_q == Idle) header_q <= header_i;
    lane_q <= lane_d;
    address_q <= address_d;
    left_q <= left_d;
    wait_q <= wait_d;
    if (state_q == Fetch) begin
      data_q <= word_i;
      last_q <= left_q == 14'd1;
    end
  end

  assign busy_o = state_q != Idle;
  assign busy_next_o = state_d != Idle;
  assign error_o = state_q == Locate && located && !legal;
  assign fetch_o = '{active: busy_o, kind: header_q.kind, lane: lane_q, address: address_q};
  assign valid_o = state_q == Give;
  assign data_o = data_q;
  assign last_o = last_q;

  `BASIN_ASSERT(RequestWhileIdle, !request_i || state_q == Idle)
  `BASIN_ASSERT(HeldUntilTaken, !$past(rst_ni && valid_o && !ready_i)
                || (valid_o && data_o == $past(data_o) && last_o == $past(last_o)))
  `BASIN_ASSERT(GivesWhatWasAsked, state_q != Give || left_q != '0)
endmodule
