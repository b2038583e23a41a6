// Receives bytes of a UART: 8 data bits, least significant first, no parity, one stop bit. The line is
// synchronised here and each bit is read in its middle; a byte without a stop bit is dropped.
//
// Timing: valid_o for a clock with byte_o, in the middle of the stop bit.
`include "basin_assert.svh"

module basin_uart_rx #(
  parameter int unsigned ClocksPerBit = 12   // 4 or more
) (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       rx_i,
  output logic       valid_o,
  output logic [7:0] byte_o
);
  localparam int unsigned TimerBits = $clog2(ClocksPerBit);
  localparam int unsigned Bits = 10;         // start, data, stop
  typedef logic [TimerBits-1:0] timer_t;

  logic [1:0] line_q;                        // two registers against metastability
  logic [3:0] left_d, left_q;                // bits still to come; 0: idle
  timer_t timer_d, timer_q;
  logic [7:0] byte_d, byte_q;
  logic valid_d, valid_q, line;
  assign line = line_q[1];

  always_comb begin
    left_d = left_q;
    timer_d = timer_q;
    byte_d = byte_q;
    valid_d = 1'b0;
    if (left_q == '0) begin
      timer_d = timer_t'(ClocksPerBit / 2 - 1);
      if (!line) left_d = 4'(Bits);
    end else if (timer_q != '0) begin
      timer_d = timer_q - timer_t'(1);
    end else begin
      timer_d = timer_t'(ClocksPerBit - 1);
      left_d = left_q - 4'd1;
      if (left_q == 4'(Bits)) begin
        if (line) left_d = '0;               // a spike, no start bit
      end else if (left_q == 4'd1) begin
        valid_d = line;
      end else begin
        byte_d = {line, byte_q[7:1]};
      end
    end
  end
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      line_q  <= '1;
      left_q  <= '0;
      valid_q <= 1'b0;
    end else begin
      line_q  <= {line_q[0], rx_i};
      left_q  <= left_d;
      valid_q <= valid_d;
    end
    timer_q <= timer_d;
    byte_q  <= byte_d;
  end
  assign valid_o = valid_q;
  assign byte_o = byte_q;

  if (ClocksPerBit < 4) begin : gen_too_fast
    $fatal(1, "a bit takes 4 clocks or more");
  end
  `BASIN_ASSERT(ByteEndsAtStop, !valid_q || left_q == '0)
  `BASIN_ASSERT(AtMostTenBits, left_q <= 4'(Bits))
endmodule
