// Takes load packets (docs/arithmetic.md §7): a header, then its values, each on its way into a
// memory one clock after it was accepted. A packet that breaks a rule raises error_o for a clock
// and is taken to its end.
`include "basin_assert.svh"

module basin_loader
  import basin_pkg::*;
(
  input  logic   clk_i,
  input  logic   rst_ni,
  input  logic   clear_i,              // the next word is a header
  input  logic   busy_i,               // no word is taken
  input  count_t neurons_i,
  input  logic   valid_i,
  output logic   ready_o,
  input  word_t  data_i,
  input  logic   last_i,
  output load_t  load_o,
  output logic   error_o
);
  typedef enum logic [1:0] { Header, Locate, Body, Drop } state_e;

  state_e state_d, state_q;
  header_t header_q;
  logic accept, locate_d, locate_q, located, legal, error;
  lane_t lane, lane_d, lane_q;
  logic signs, turn;                       // signs go from lane to lane; the last one leads to the next word
  address_t first, address_d, address_q;
  logic [13:0] left_d, left_q;
  load_t load_d;
  load_t load_q = '0;                      // before any reset: nothing is written over initial contents
  logic [15:0] kind_q;                     // of the packet, one bit each

  assign ready_o = !busy_i && state_q != Locate;
  assign accept = valid_i && ready_o;

  basin_locate u_locate (
    .clk_i,
    .rst_ni,
    .clear_i,
    .start_i(locate_q),
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
    lane_d = Factored ? lane_q : lane;
    address_d = address_q;
    left_d = left_q;
    locate_d = 1'b0;
    error = 1'b0;
    unique case (state_q)
      Header: if (accept) begin
        error = last_i;                                // no packet is a header alone
        locate_d = !last_i;
        if (!last_i) state_d = Locate;
      end
      Locate: begin
        lane_d = lane;
        address_d = first;
        left_d = header_q.count;
        error = located && !legal;
        if (located) state_d = legal ? Body : Drop;
      end
      Body: if (accept) begin
        if (signs) lane_d = turn ? '0 : lane_q + lane_t'(1);
        if (turn) address_d = address_q + address_t'(1);
        left_d = left_q - 14'd1;
        error = last_i != (left_q == 14'd1);           // short or long
        if (last_i) state_d = Header;
        else if (left_q == 14'd1) state_d = Drop;
      end
      default: if (accept && last_i) state_d = Header;
    endcase
    if (clear_i) begin
      state_d = Header;
      locate_d = 1'b0;
    end
    load_d = '{write: accept && state_q == Body ? kind_q : '0, lane: signs && state_q == Body ? lane_q : lane_d,
               address: address_q, data: data_i};
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q      <= Header;
      locate_q     <= 1'b0;
      load_q.write <= '0;
    end else begin
      state_q      <= state_d;
      locate_q     <= locate_d;
      load_q.write <= load_d.write;
    end
    if (accept && state_q == Header) header_q <= header_t'(data_i);
    lane_q         <= lane_d;
    address_q      <= address_d;
    left_q         <= left_d;
    kind_q         <= 16'd1 << header_q.kind;
    load_q.lane    <= load_d.lane;
    load_q.address <= load_d.address;
    load_q.data    <= load_d.data;
  end

  assign load_o = load_q;
  assign error_o = error;

  `BASIN_ASSERT(NothingTakenWhileBusy, !(busy_i && accept))
  `BASIN_ASSERT(BodyHasWordsLeft, state_q != Body || left_q != '0)
  `BASIN_ASSERT(WritesOneKind, (load_q.write & (load_q.write - 16'd1)) == '0)
  `BASIN_ASSERT(NothingLoadedUnknown, !load_q.write[15]
                && !load_q.write[KindSettings] && !load_q.write[KindOutputs])
endmodule
