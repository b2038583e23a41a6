// Does what a request of docs/protocol.md asks for: register accesses and words of the two streams of
// basin_core. Takes the request's words from a buffer and leaves the reply's words there.
//
// Timing: request_i for a clock; done_o for a clock when the reply stands. reply_count_o and refused_o
// hold until the next request. The buffer gives a word two clocks after its index, a register
// access its data two clocks after reg_valid_o.
`include "basin_assert.svh"

module basin_command (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        request_i,
  input  logic [3:0]  command_i,             // holds until done_o, like count_i
  input  logic [6:0]  count_i,
  output logic        done_o,
  output logic [6:0]  reply_count_o,
  output logic        refused_o,
  output logic        fresh_o,               // there was a reset since the last hello
  output logic [5:0]  index_o,
  input  logic [31:0] word_i,
  output logic        write_o,
  output logic [5:0]  write_index_o,
  output logic [31:0] write_word_o,
  input  logic        busy_i,
  output logic        reg_valid_o,
  output logic        reg_write_o,
  output logic [3:0]  reg_addr_o,
  output logic [31:0] reg_wdata_o,
  input  logic [31:0] reg_rdata_i,
  output logic        load_valid_o,
  input  logic        load_ready_i,
  output logic [31:0] load_data_o,
  output logic        load_last_o,
  input  logic        read_valid_i,
  output logic        read_ready_o,
  input  logic [31:0] read_data_i
);
  localparam logic [31:0] Greeting = 32'h314E_5342;   // "BSN1"
  typedef enum logic [3:0] {
    Hello = 4'd1, WriteRegisters = 4'd2, ReadRegisters = 4'd3, Load = 4'd4, LoadLast = 4'd5, Take = 4'd6
  } command_e;
  typedef enum logic [3:0] { Idle, Fetch, FetchMore, Latch, Use, Turn, Keep, TakeWords, Done } state_e;

  state_e state_d, state_q;
  logic [6:0] index_d, index_q;              // word of the request
  logic [6:0] reply_count_d, reply_count_q;
  logic [6:0] left_d, left_q;                // words that a take is still for
  logic [31:0] word_q;
  logic none_q, many_q;                      // what a take finds in word_q: 0, 64 or more
  logic [7:0] wait_d, wait_q;
  logic [3:0] address_d, address_q;
  logic refused_d, refused_q, fresh_d, fresh_q;
  // Of the command and the index, a clock old: both stand for longer.
  logic loads_q, takes_q, reads_q, writes_q, known_q, last_q, load_last_q, wait_end_q;
  logic writes_data;
  assign writes_data = writes_q && index_q[0];

  always_comb begin
    state_d = state_q;
    index_d = index_q;
    reply_count_d = reply_count_q;
    left_d = left_q;
    wait_d = '0;
    address_d = address_q;
    refused_d = refused_q;
    fresh_d = fresh_q;
    write_o = 1'b0;
    write_word_o = reg_rdata_i;
    unique case (state_q)
      Idle: if (request_i) begin
        index_d = '0;
        reply_count_d = '0;
        refused_d = 1'b0;
        state_d = count_i == '0 ? Done : Fetch;
        if (command_i == Hello) begin
          fresh_d = 1'b0;
          write_o = 1'b1;
          write_word_o = Greeting;
          reply_count_d = 7'd1;
          state_d = Done;
        end else if (fresh_q || !known_q || (loads_q && busy_i) || (writes_q && count_i[0])) begin
          refused_d = 1'b1;
          state_d = Done;
        end
      end
      Fetch: state_d = FetchMore;
      FetchMore: state_d = Latch;
      Latch: state_d = Use;
      Use: if (takes_q) begin
        left_d = many_q ? 7'd64 : word_q[6:0];
        state_d = none_q ? Done : TakeWords;
      end else if (!loads_q || load_ready_i) begin
        if (!writes_data) address_d = word_q[3:0];
        index_d = index_q + 7'd1;
        state_d = last_q ? Done : Fetch;
        if (reads_q) state_d = Turn;
      end
      Turn: state_d = Keep;
      Keep: begin
        write_o = 1'b1;
        reply_count_d = reply_count_q + 7'd1;
        state_d = index_q == count_i ? Done : Fetch;
      end
      TakeWords: begin
        write_word_o = read_data_i;
        wait_d = wait_q + 8'd1;
        if (read_valid_i) begin
          write_o = 1'b1;
          wait_d = '0;
          reply_count_d = reply_count_q + 7'd1;
          left_d = left_q - 7'd1;
          if (left_q == 7'd1) state_d = Done;
        end else if (wait_end_q) begin
          state_d = Done;
        end
      end
      default: state_d = Idle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      fresh_q <= 1'b1;
    end else begin
      state_q <= state_d;
      fresh_q <= fresh_d;
    end
    index_q       <= index_d;
    reply_count_q <= reply_count_d;
    left_q        <= left_d;
    wait_q        <= wait_d;
    address_q     <= address_d;
    refused_q     <= refused_d;
    word_q        <= word_i;
    none_q        <= word_i == '0;
    many_q        <= word_i[31:6] != '0;
    loads_q       <= command_i inside {Load, LoadLast};
    takes_q       <= command_i == Take;
    reads_q       <= command_i == ReadRegisters;
    writes_q      <= command_i == WriteRegisters;
    known_q       <= command_i inside {WriteRegisters, ReadRegisters, Load, LoadLast, Take};
    last_q        <= index_q == count_i - 7'd1;
    load_last_q   <= index_q == count_i - 7'd1 && command_i == LoadLast;
    wait_end_q    <= wait_q == '1;
  end

  assign done_o = state_q == Done;
  assign reply_count_o = reply_count_q;
  assign refused_o = refused_q;
  assign fresh_o = fresh_q;
  assign index_o = index_q[5:0];
  assign write_index_o = state_q == Idle ? '0 : reply_count_q[5:0];
  assign reg_valid_o = state_q == Use && (reads_q || writes_data);
  assign reg_write_o = writes_q;
  assign reg_addr_o = reads_q ? word_q[3:0] : address_q;
  assign reg_wdata_o = word_q;
  assign load_valid_o = state_q == Use && loads_q;
  assign load_data_o = word_q;
  assign load_last_o = load_last_q;
  assign read_ready_o = state_q == TakeWords;

  `BASIN_ASSERT(RequestWhileIdle, !request_i || state_q == Idle)
  `BASIN_ASSERT(FreshDoesNothing, !fresh_q || !(reg_valid_o || load_valid_o || read_ready_o))
  `BASIN_ASSERT(TakesNoMoreThanAsked, state_q != TakeWords || left_q != '0)
  `BASIN_ASSERT(ReplyFits, reply_count_q <= 7'd64 || state_q == Idle)
endmodule
