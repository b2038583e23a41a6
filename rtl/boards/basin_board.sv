// What every board holds: basin_core behind a UART (docs/protocol.md), loaded from flash at power-up
// where Boot is set, and a reset after configuration and whenever reset_ni is low: of eight clocks, or
// of 20 microseconds where the memories have initial contents, since block RAM reads as zeros at first.
// No cell of a vendor: a board's basin_top adds pins alone.
module basin_board #(
  parameter int unsigned ClockHz = 12_000_000,
  parameter int unsigned Baud = 1_000_000,
  parameter bit Boot = !basin_pkg::CfgContents,
  parameter logic [23:0] BootAddress = 24'h10_0000
) (
  input  logic clk_i,
  input  logic reset_ni,                     // from a button; any length, any time
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
  localparam int unsigned ClocksPerBit = (ClockHz + Baud / 2) / Baud;
  localparam int unsigned GapBytes = 256;
  localparam int unsigned StartClocks = basin_pkg::CfgContents ? basin_pkg::larger(8, ClockHz / 50_000) : 8;
  localparam int unsigned StartBits = $clog2(StartClocks);

  // Registers of these devices start at zero.
  logic [1:0] button_nq = '0;
  logic [StartBits:0] age_q = '0;
  logic rst_nq = 1'b0;
  always_ff @(posedge clk_i) begin
    button_nq <= {button_nq[0], reset_ni};
    if (!button_nq[1]) age_q <= '0;
    else if (!age_q[StartBits]) age_q <= age_q + (StartBits+1)'(1);
    rst_nq <= age_q[StartBits];
  end

  logic rx_valid, tx_valid, tx_ready;
  logic [7:0] rx_byte, tx_byte;
  basin_uart_rx #(.ClocksPerBit(ClocksPerBit)) u_rx (
    .clk_i, .rst_ni(rst_nq), .rx_i, .valid_o(rx_valid), .byte_o(rx_byte)
  );
  basin_uart_tx #(.ClocksPerBit(ClocksPerBit)) u_tx (
    .clk_i, .rst_ni(rst_nq), .tx_o, .valid_i(tx_valid), .ready_o(tx_ready), .byte_i(tx_byte)
  );

  logic link_reg_valid, link_reg_write, link_load_valid, link_load_last;
  logic [3:0] link_reg_addr;
  logic [31:0] link_reg_wdata, link_load_data;
  logic boot_busy, boot_error, booted, boot_reg_valid, boot_load_valid, boot_load_last;
  logic [3:0] boot_reg_addr;
  logic [31:0] boot_word;
  logic load_ready, read_valid, read_ready;
  logic [31:0] reg_rdata, read_data;

  basin_link #(.GapClocks(GapBytes * 10 * ClocksPerBit)) u_link (
    .clk_i,
    .rst_ni(rst_nq),
    .enable_i(!boot_busy),
    .rx_valid_i(rx_valid),
    .rx_byte_i(rx_byte),
    .tx_valid_o(tx_valid),
    .tx_ready_i(tx_ready),
    .tx_byte_o(tx_byte),
    .reg_valid_o(link_reg_valid),
    .reg_write_o(link_reg_write),
    .reg_addr_o(link_reg_addr),
    .reg_wdata_o(link_reg_wdata),
    .reg_rdata_i(reg_rdata),
    .load_valid_o(link_load_valid),
    .load_ready_i(load_ready),
    .load_data_o(link_load_data),
    .load_last_o(link_load_last),
    .read_valid_i(read_valid),
    .read_ready_o(read_ready),
    .read_data_i(read_data),
    .boot_error_i(boot_error),
    .booted_i(booted),
    .flags_i({load_error_o, overflow_o, settled_o, busy_o})
  );

  if (Boot) begin : gen_boot
    basin_boot #(.Address(BootAddress)) u_boot (
      .clk_i,
      .rst_ni(rst_nq),
      .flash_cs_no,
      .flash_sck_o,
      .flash_mosi_o,
      .flash_miso_i,
      .busy_o(boot_busy),
      .error_o(boot_error),
      .booted_o(booted),
      .reg_valid_o(boot_reg_valid),
      .reg_addr_o(boot_reg_addr),
      .load_valid_o(boot_load_valid),
      .load_ready_i(load_ready),
      .load_last_o(boot_load_last),
      .word_o(boot_word)
    );
  end else begin : gen_no_boot
    logic unused_miso;
    assign unused_miso = flash_miso_i;
    assign {flash_cs_no, flash_sck_o, flash_mosi_o} = 3'b100;
    assign {boot_busy, boot_error, boot_reg_valid, boot_load_valid, boot_load_last} = '0;
    assign booted = basin_pkg::CfgContents;
    assign boot_reg_addr = '0;
    assign boot_word = '0;
  end

  // One register in front of the core's.
  logic reg_valid_q, reg_write_q;
  logic [3:0] reg_addr_q;
  logic [31:0] reg_wdata_q;
  always_ff @(posedge clk_i) begin
    reg_valid_q <= rst_nq && (boot_busy ? boot_reg_valid : link_reg_valid);
    reg_write_q <= boot_busy || link_reg_write;
    reg_addr_q  <= boot_busy ? boot_reg_addr : link_reg_addr;
    reg_wdata_q <= boot_busy ? boot_word : link_reg_wdata;
  end

  logic unused_last, unused_valid;
  basin_pkg::index_t unused_index;
  basin_pkg::state_t unused_state;
  basin_core u_core (
    .clk_i,
    .rst_ni(rst_nq),
    .reg_valid_i(reg_valid_q),
    .reg_write_i(reg_write_q),
    .reg_addr_i(reg_addr_q),
    .reg_wdata_i(reg_wdata_q),
    .reg_rdata_o(reg_rdata),
    .load_valid_i(boot_busy ? boot_load_valid : link_load_valid),
    .load_ready_o(load_ready),
    .load_data_i(boot_busy ? boot_word : link_load_data),
    .load_last_i(boot_busy ? boot_load_last : link_load_last),
    .read_valid_o(read_valid),
    .read_ready_i(read_ready),
    .read_data_o(read_data),
    .read_last_o(unused_last),
    .monitor_valid_o(unused_valid),
    .monitor_index_o(unused_index),
    .monitor_state_o(unused_state),
    .busy_o,
    .settled_o,
    .overflow_o,
    .load_error_o
  );
endmodule
