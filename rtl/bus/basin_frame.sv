// Makes requests of bytes and bytes of replies, in the frames of docs/protocol.md. A request is handed
// on once its CRC has been seen to be right, and once only: a frame that repeats the head of the one
// before gets that one's reply again. The words of requests and replies are kept in a buffer outside.
//
// Timing: request_o for a clock, command_o and count_o hold until done_i; reply_count_i holds
// from done_i to the next request_o. The buffer gives a word two clocks after its index.
`include "basin_assert.svh"

module basin_frame #(
  parameter int unsigned GapClocks = 30720   // a longer pause inside a frame ends it
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        enable_i,              // listen
  input  logic        rx_valid_i,
  input  logic [7:0]  rx_byte_i,
  output logic        tx_valid_o,
  input  logic        tx_ready_i,
  output logic [7:0]  tx_byte_o,
  output logic        request_o,
  output logic [3:0]  command_o,
  output logic [6:0]  count_o,
  input  logic        done_i,
  input  logic [6:0]  reply_count_i,
  input  logic [7:0]  flags_i,
  output logic        write_o,               // a word of the request
  output logic [5:0]  index_o,               // of that word, or of the reply's word wanted next
  output logic [31:0] word_o,
  input  logic [31:0] word_i
);
  localparam logic [7:0] RequestSync = 8'hB5;
  localparam logic [7:0] ReplySync = 8'h5B;
  localparam logic [7:0] MostWords = 8'd64;
  localparam int unsigned GapBits = $clog2(GapClocks + 1);
  typedef logic [GapBits-1:0] gap_t;
  typedef enum logic [4:0] {
    Sync, Head, Count, Words, CrcHigh, CrcLow, Settle, Compare, Judge, Act,
    SendSync, SendHead, SendFlags, SendCount, SendWords, SendCrcHigh, SendCrcLow
  } state_e;

  state_e state_d, state_q;
  logic [7:0] head_d, head_q, last_head_d, last_head_q;
  logic answered_d, answered_q;              // last_head_q is of a request, and its reply is still there
  logic [6:0] count_d, count_q;
  logic [7:0] position_d, position_q;        // byte among the words
  logic [23:0] low_d, low_q;                 // bytes before the last of a word
  gap_t gap_d, gap_q;
  // Conditions a clock old: what they depend on stands since the byte before.
  logic again_q, right_q, last_byte_q, gap_end_q, request_q, sending_q;
  logic receiving, sending, taken;
  logic crc_valid_q;
  logic [7:0] crc_byte_q, tx_byte, tx_byte_q;
  logic [15:0] crc;
  logic [5:0] size;                          // words; 0 where there are 64
  logic [7:0] last_position_q;               // of the last byte among the words

  assign receiving = state_q inside {Head, Count, Words, CrcHigh, CrcLow};
  assign sending = state_q inside {SendSync, SendHead, SendFlags, SendCount, SendWords, SendCrcHigh, SendCrcLow};
  assign taken = tx_valid_o && tx_ready_i;
  assign size = sending ? reply_count_i[5:0] : count_q[5:0];

  always_comb begin
    state_d = state_q;
    head_d = head_q;
    last_head_d = last_head_q;
    answered_d = answered_q;
    count_d = count_q;
    position_d = position_q;
    low_d = low_q;
    gap_d = rx_valid_i ? '0 : gap_q + gap_t'(1);
    unique case (state_q)
      Sync: if (rx_valid_i && enable_i && rx_byte_i == RequestSync) state_d = Head;
      Head: if (rx_valid_i) begin
        head_d = rx_byte_i;
        state_d = Count;
      end
      Count: if (rx_valid_i) begin
        count_d = rx_byte_i[6:0];
        position_d = '0;
        state_d = rx_byte_i == '0 ? CrcHigh : Words;
        if (rx_byte_i > MostWords) state_d = Sync;
      end
      Words: if (rx_valid_i) begin
        low_d = {rx_byte_i, low_q[23:8]};
        position_d = position_q + 8'd1;
        if (last_byte_q) state_d = CrcHigh;
      end
      CrcHigh: if (rx_valid_i) state_d = CrcLow;
      CrcLow: if (rx_valid_i) state_d = Settle;
      Settle: state_d = Compare;
      Compare: state_d = Judge;
      Judge: begin
        state_d = again_q ? SendSync : Act;
        if (!right_q) state_d = Sync;
      end
      Act: begin
        last_head_d = head_q;
        answered_d = 1'b1;
        if (done_i) state_d = SendSync;
      end
      SendSync: if (taken) state_d = SendHead;
      SendHead: if (taken) state_d = SendFlags;
      SendFlags: if (taken) state_d = SendCount;
      SendCount: begin
        position_d = '0;
        if (taken) state_d = reply_count_i == '0 ? SendCrcHigh : SendWords;
      end
      SendWords: if (taken) begin
        position_d = position_q + 8'd1;
        if (last_byte_q) state_d = SendCrcHigh;
      end
      SendCrcHigh: if (taken) state_d = SendCrcLow;
      SendCrcLow: if (taken) state_d = Sync;
      default: state_d = Sync;
    endcase
    if (receiving && gap_end_q) state_d = Sync;
  end

  always_comb begin
    unique case (state_q)
      SendSync: tx_byte = ReplySync;
      SendHead: tx_byte = head_q;
      SendFlags: tx_byte = flags_i;
      SendCount: tx_byte = {1'b0, reply_count_i};
      SendWords: tx_byte = word_i[8 * position_q[1:0] +: 8];
      SendCrcHigh: tx_byte = crc[15:8];
      default: tx_byte = crc[7:0];
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q    <= Sync;
      answered_q <= 1'b0;
      request_q  <= 1'b0;
      sending_q  <= 1'b0;
    end else begin
      state_q    <= state_d;
      answered_q <= answered_d;
      request_q  <= state_q == Judge && right_q && !again_q;
      sending_q  <= sending && !(taken && state_q == SendCrcLow);
    end
    head_q      <= head_d;
    last_head_q <= last_head_d;
    count_q     <= count_d;
    position_q  <= position_d;
    low_q       <= low_d;
    gap_q       <= gap_d;
    again_q     <= answered_q && head_q == last_head_q;
    right_q     <= crc == '0;
    last_position_q <= {size, 2'b00} - 8'd1;
    last_byte_q <= position_q == last_position_q;
    gap_end_q   <= gap_q == gap_t'(GapClocks);
    tx_byte_q   <= tx_byte;
    crc_valid_q <= (receiving && rx_valid_i) || (taken && state_q inside {SendHead, SendFlags, SendCount, SendWords});
    crc_byte_q  <= sending ? tx_byte_q : rx_byte_i;
  end

  basin_crc16 u_crc (
    .clk_i,
    .start_i(state_q == Sync || state_q == SendSync),
    .valid_i(crc_valid_q),
    .byte_i(crc_byte_q),
    .crc_o(crc)
  );

  assign request_o = request_q;
  assign command_o = head_q[7:4];
  assign count_o = count_q;
  assign tx_valid_o = sending_q;              // the byte is ready a clock after its state
  assign tx_byte_o = tx_byte_q;
  assign write_o = state_q == Words && rx_valid_i && position_q[1:0] == 2'd3;
  assign index_o = position_q[7:2];
  assign word_o = {rx_byte_i, low_q};

  `BASIN_ASSERT(ActsOnRightFramesOnly, !request_o || (crc == '0 && state_q == Act))
  `BASIN_ASSERT(OffersWhileSending, !tx_valid_o || sending)
  `BASIN_ASSERT(NeverBothWays, !(receiving && sending))
  `BASIN_ASSERT(RequestFits, 8'(count_q) <= MostWords || !(state_q inside {Words, CrcHigh, CrcLow, Settle, Compare, Judge, Act}))
  `BASIN_ASSERT(ReplyFits, !sending || 8'(reply_count_i) <= MostWords)
endmodule
