// The iCE40-HX8K breakout board: channel B of its USB chip is the UART, four lamps show the flags.
// docs/board.md has the pins.
module basin_top (
  input  logic clk_i,
  input  logic rx_i,
  output logic tx_o,
  output logic flash_cs_no,
  output logic flash_sck_o,
  output logic flash_mosi_o,
  input  logic flash_miso_i,
  output logic busy_o,
  output logic settled_o,
  output logic overflow_o,
  output logic load_error_o
);
  basin_board u_board (.reset_ni(1'b1), .*);
endmodule
