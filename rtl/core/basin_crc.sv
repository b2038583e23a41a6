// CRC-32 (IEEE 802.3, reflected), a byte a clock. crc_o includes the byte of the clock before.
module basin_crc
  import basin_pkg::word_t;
(
  input  logic       clk_i,
  input  logic       start_i,
  input  logic       valid_i,
  input  logic [7:0] byte_i,
  output word_t      crc_o
);
  localparam word_t Polynomial = 32'hEDB8_8320;

  word_t crc_d, crc_q;
  always_comb begin
    crc_d = crc_q ^ word_t'(byte_i);
    for (int unsigned k = 0; k < 8; k++) crc_d = (crc_d >> 1) ^ (crc_d[0] ? Polynomial : '0);
    if (!valid_i) crc_d = crc_q;
    if (start_i) crc_d = '1;
  end
  always_ff @(posedge clk_i) crc_q <= crc_d;
  assign crc_o = ~crc_q;
endmodule
