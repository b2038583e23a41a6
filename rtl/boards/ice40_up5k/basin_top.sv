// The iCEBreaker (iCE40-UP5K): channel B of its USB chip is the UART, the user button resets. The red
// lamp is lit while there is an overflow or a load error, the green one when a run has settled.
// docs/board.md has the pins.
module basin_top (
  input  logic clk_i,
  input  logic reset_ni,
  input  logic rx_i,
  output logic tx_o,
  output logic flash_cs_no,
  output logic flash_sck_o,
  output logic flash_mosi_o,
  input  logic flash_miso_i,
  output logic red_no,
  output logic green_no
);
  logic unused_busy, settled, overflow, load_error;
  basin_board u_board (
    .clk_i,
    .reset_ni,
    .rx_i,
    .tx_o,
    .flash_cs_no,
    .flash_sck_o,
    .flash_mosi_o,
    .flash_miso_i,
    .busy_o(unused_busy),
    .settled_o(settled),
    .overflow_o(overflow),
    .load_error_o(load_error)
  );
  assign red_no = !(overflow || load_error);
  assign green_no = !settled;
endmodule
