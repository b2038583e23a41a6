// Sends bytes on a UART: 8 data bits, least significant first, no parity, one stop bit. Idle is high.
//
// Timing: takes a byte in a clock in which valid_i and ready_o are high; ready again 10 bits later.
`include "basin_assert.svh"

module basin_uart_tx #(
  parameter int unsigned ClocksPerBit = 12
) (
  input  logic       clk_i,
  input  logic       rst_ni,
  output logic       tx_o,
  input  logic       valid_i,
  output logic       ready_o,
  input  logic [7:0] byte_i
);
  localparam int unsigned TimerBits = $clog2(ClocksPerBit);
  localparam int unsigned Bits = 10;         // start, data, stop
  typedef logic [TimerBits-1:0] timer_t;

  logic [3:0] left_d, left_q;                // bits still on the way; 0: idle
  timer_t timer_d, timer_q;
  logic [8:0] bits_d, bits_q;                // the bit on the line is the lowest

  always_comb begin
    left_d = left_q;
    timer_d = timer_q;
    bits_d = bits_q;
    if (left_q == '0) begin
      timer_d = timer_t'(ClocksPerBit - 1);
      if (valid_i) begin
        bits_d = {byte_i, 1'b0};
        left_d = 4'(Bits);
      end
    end else if (timer_q != '0) begin
      timer_d = timer_q - timer_t'(1);
    end else begin
      timer_d = timer_t'(ClocksPerBit - 1);
      bits_d = {1'b1, bits_q[8:1]};
      left_d = left_q - 4'd1;
    end
  end
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      left_q <= '0;
      bits_q <= '1;
    end else begin
      left_q <= left_d;
      bits_q <= bits_d;
    end
    timer_q <= timer_d;
  end
  assign tx_o = bits_q[0];
  assign ready_o = left_q == '0;

  `BASIN_ASSERT(IdleIsHigh, left_q != '0 || tx_o)
  `BASIN_ASSERT(AtMostTenBits, left_q <= 4'(Bits))
endmodule
