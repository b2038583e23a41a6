// Does what a request of docs/protocol.md asks for: register accesses and words of the two streams of
// basin_core. Takes the request's words from a buffer and leaves the reply's words there.
//
// Timing: request_i for a clock; done_o for a clock when the reply stands. reply_count_o and refused_o
// hold until the next request. The buffer gives a word two clocks after its index.
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
  typedef enum logic [2:0] { Idle, Fetch, FetchMore, Use, Keep, TakeWords, Done } state_e;

  state_e state_d, state_q;
  logic [6:0] index_d, index_q;              // word of the request
  logic [6:0] reply_count_d, reply_count_q;
  logic [6:0] wanted_d, wanted_q;            // words that a take is for
  logic [7:0] wait_d, wait_q;
  logic [3:0] address_d, address_q;
  logic refused_d, refused_q, fresh_d, fresh_q;
  logic loads, last, reads, writes, writes_data;

  assign loads = command_i inside {Load, LoadLast};
  assign reads = command_i == ReadRegisters;
  assign writes = command_i == WriteRegisters;
  assign writes_data = writes && index_q[0];
  assign last = index_q == count_i - 7'd1;

  always_comb begin
    state_d = state_q;
    index_d = index_q;
    reply_count_d = reply_count_q;
    wanted_d = wanted_q;
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
        end else if (fresh_q || command_i == '0 || command_i > Take || (loads && busy_i) ||
                     (writes && count_i[0])) begin
          refused_d = 1'b1;
          state_d = Done;
        end
      end
      Fetch: state_d = FetchMore;
      FetchMore: state_d = Use;
      Use: if (command_i == Take) begin
        wanted_d = word_i > 32'd64 ? 7'd64 : word_i[6:0];
        state_d = word_i == '0 ? Done : TakeWords;
      end else if (!loads || load_ready_i) begin
        if (!writes_data) address_d = word_i[3:0];
        index_d = index_q + 7'd1;
        state_d = last ? Done : Fetch;
        if (reads) state_d = Keep;
      end
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
        end
        if (reply_count_d == wanted_q || wait_q == '1) state_d = Done;
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
    wanted_q      <= wanted_d;
    wait_q        <= wait_d;
    address_q     <= address_d;
    refused_q     <= refused_d;
  end

  assign done_o = state_q == Done;
  assign reply_count_o = reply_count_q;
  assign refused_o = refused_q;
  assign fresh_o = fresh_q;
  assign index_o = index_q[5:0];
  assign write_index_o = state_q == Idle ? '0 : reply_count_q[5:0];
  assign reg_valid_o = state_q == Use && (reads || writes_data);
  assign reg_write_o = writes;
  assign reg_addr_o = reads ? word_i[3:0] : address_q;
  assign reg_wdata_o = word_i;
  assign load_valid_o = state_q == Use && loads;
  assign load_data_o = word_i;
  assign load_last_o = last && command_i == LoadLast;
  assign read_ready_o = state_q == TakeWords;

  `BASIN_ASSERT(RequestWhileIdle, !request_i || state_q == Idle)
  `BASIN_ASSERT(FreshDoesNothing, !fresh_q || !(reg_valid_o || load_valid_o || read_ready_o))
  `BASIN_ASSERT(TakesNoMoreThanAsked, state_q != TakeWords || reply_count_q < wanted_q)
  `BASIN_ASSERT(ReplyFits, reply_count_q <= 7'd64 || state_q == Idle)
endmodule
