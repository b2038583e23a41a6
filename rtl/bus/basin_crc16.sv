// CRC-16/CCITT (0x1021, initial value all ones, most significant bit first), a byte a clock. crc_o
// includes the byte of the clock before; it is 0 after data and their CRC, high byte first.
module basin_crc16 (
  input  logic        clk_i,
  input  logic        start_i,
  input  logic        valid_i,
  input  logic [7:0]  byte_i,
  output logic [15:0] crc_o
);
  localparam logic [15:0] Polynomial = 16'h1021;

  logic [15:0] crc_d, crc_q;
  always_comb begin
    crc_d = crc_q ^ {byte_i, 8'h00};
    for (int unsigned k = 0; k < 8; k++) crc_d = (crc_d << 1) ^ (crc_d[15] ? Polynomial : '0);
    if (!valid_i) crc_d = crc_q;
    if (start_i) crc_d = '1;
  end
  always_ff @(posedge clk_i) crc_q <= crc_d;
  assign crc_o = crc_q;
endmodule
