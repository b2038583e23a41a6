// Reads a SPI flash from one address on, byte after byte, for as long as run_i is high. Wakes the chip
// first: configuration may have put it to sleep. Mode 0, most significant bit first, a bit in four clocks.
//
// Timing: valid_o for a clock with byte_o, at least 32 clocks apart; none while hold_i is high.
`include "basin_assert.svh"

module basin_flash #(
  parameter logic [23:0] Address = 24'h10_0000,
  parameter int unsigned WakeClocks = 2048   // the slowest chips ask for 35 microseconds
) (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       run_i,
  input  logic       hold_i,
  output logic       cs_no,
  output logic       sck_o,
  output logic       mosi_o,
  input  logic       miso_i,
  output logic       valid_o,
  output logic [7:0] byte_o
);
  localparam logic [7:0] CommandWake = 8'hAB;
  localparam logic [7:0] CommandRead = 8'h03;
  localparam int unsigned PauseBits = $clog2(WakeClocks);
  typedef logic [PauseBits-1:0] pause_t;
  typedef enum logic [2:0] { Idle, Wake, Pause, Ask, Read } state_e;

  state_e state_d, state_q;
  logic [1:0] phase_d, phase_q;              // SCK rises in the middle
  logic [4:0] bit_d, bit_q;
  logic [31:0] out_d, out_q;                 // the bit on its way out is the highest
  logic [7:0] in_d, in_q;
  pause_t pause_d, pause_q;
  logic shifting, bit_end, sck_q, miso_q, valid_d, valid_q;

  assign shifting = state_q inside {Wake, Ask, Read} && !hold_i;
  assign bit_end = shifting && phase_q == 2'd3;

  always_comb begin
    state_d = state_q;
    phase_d = shifting ? phase_q + 2'd1 : phase_q;
    bit_d = bit_end ? bit_q + 5'd1 : bit_q;
    out_d = bit_end ? out_q << 1 : out_q;
    in_d = bit_end ? {in_q[6:0], miso_q} : in_q;
    pause_d = pause_t'(WakeClocks - 1);
    valid_d = 1'b0;
    unique case (state_q)
      Idle: begin
        phase_d = '0;
        bit_d = '0;
        out_d = {CommandWake, 24'h0};
        if (run_i) state_d = Wake;
      end
      Wake: if (bit_end && bit_q == 5'd7) state_d = Pause;
      Pause: begin
        pause_d = pause_q - pause_t'(1);
        bit_d = '0;
        out_d = {CommandRead, Address};
        if (pause_q == '0) state_d = Ask;
      end
      Ask: if (bit_end && bit_q == 5'd31) state_d = Read;
      Read: valid_d = bit_end && bit_q[2:0] == 3'd7;
      default: state_d = Idle;
    endcase
    if (!run_i) state_d = Idle;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      valid_q <= 1'b0;
      sck_q   <= 1'b0;
    end else begin
      state_q <= state_d;
      valid_q <= valid_d;
      sck_q   <= state_q inside {Wake, Ask, Read} && phase_q[1];
    end
    phase_q <= phase_d;
    bit_q   <= bit_d;
    out_q   <= out_d;
    in_q    <= in_d;
    pause_q <= pause_d;
    miso_q  <= miso_i;
  end
  assign cs_no = !(state_q inside {Wake, Ask, Read});
  assign sck_o = sck_q;
  assign mosi_o = out_q[31];
  assign valid_o = valid_q;
  assign byte_o = in_q;

  `BASIN_ASSERT(BytesOfARead, !valid_q || $past(state_q == Read))
  `BASIN_ASSERT(ClockRestsLow, state_q != Pause || phase_q == '0)
endmodule
