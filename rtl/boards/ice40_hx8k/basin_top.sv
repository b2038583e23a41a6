// basin_core on the iCE40-HX8K breakout board: SPI through channel B of the board's USB chip, four
// lamps, and a reset that lasts eight clocks after configuration. docs/rtl/basin_top.md.
module basin_top (
  input  logic clk_i,
  input  logic sck_i,
  input  logic cs_ni,
  input  logic mosi_i,
  output logic miso_o,
  output logic busy_o,
  output logic settled_o,
  output logic overflow_o,
  output logic load_error_o
);
  // Registers of this device start at zero.
  logic [3:0] age_q = '0;
  logic rst_nq = 1'b0;
  always_ff @(posedge clk_i) begin
    if (!age_q[3]) age_q <= age_q + 4'd1;
    rst_nq <= age_q[3];
  end

  logic selected, in_valid;
  logic [7:0] in_byte, out_byte;
  logic reg_valid, reg_write, load_valid, load_ready, load_last, read_valid, read_ready, read_last;
  logic [3:0] reg_addr;
  logic [31:0] reg_wdata, reg_rdata, load_data, read_data;

  basin_spi u_spi (
    .clk_i,
    .rst_ni(rst_nq),
    .sck_i,
    .cs_ni,
    .mosi_i,
    .miso_o,
    .selected_o(selected),
    .byte_valid_o(in_valid),
    .byte_o(in_byte),
    .byte_i(out_byte)
  );
  basin_serial u_serial (
    .clk_i,
    .rst_ni(rst_nq),
    .selected_i(selected),
    .byte_valid_i(in_valid),
    .byte_i(in_byte),
    .byte_o(out_byte),
    .reg_valid_o(reg_valid),
    .reg_write_o(reg_write),
    .reg_addr_o(reg_addr),
    .reg_wdata_o(reg_wdata),
    .reg_rdata_i(reg_rdata),
    .load_valid_o(load_valid),
    .load_ready_i(load_ready),
    .load_data_o(load_data),
    .load_last_o(load_last),
    .read_valid_i(read_valid),
    .read_ready_o(read_ready),
    .read_data_i(read_data),
    .read_last_i(read_last),
    .flags_i({load_error_o, overflow_o, settled_o, busy_o})
  );
  logic unused_valid;
  basin_pkg::index_t unused_index;
  basin_pkg::state_t unused_state;
  basin_core u_core (
    .clk_i,
    .rst_ni(rst_nq),
    .reg_valid_i(reg_valid),
    .reg_write_i(reg_write),
    .reg_addr_i(reg_addr),
    .reg_wdata_i(reg_wdata),
    .reg_rdata_o(reg_rdata),
    .load_valid_i(load_valid),
    .load_ready_o(load_ready),
    .load_data_i(load_data),
    .load_last_i(load_last),
    .read_valid_o(read_valid),
    .read_ready_i(read_ready),
    .read_data_o(read_data),
    .read_last_o(read_last),
    .monitor_valid_o(unused_valid),
    .monitor_index_o(unused_index),
    .monitor_state_o(unused_state),
    .busy_o,
    .settled_o,
    .overflow_o,
    .load_error_o
  );
endmodule
