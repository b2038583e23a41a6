// The wires of a SPI peripheral, mode 0, most significant bit first, as bytes. SCK is at most an
// eighth of the clock; the three inputs are synchronised here.
//
// Timing: byte_valid_o for a clock at the end of each byte; byte_i is taken when a transfer begins
// and at each byte's end, three clocks or more after byte_valid_o.
`include "basin_assert.svh"

module basin_spi (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       sck_i,
  input  logic       cs_ni,
  input  logic       mosi_i,
  output logic       miso_o,
  output logic       selected_o,
  output logic       byte_valid_o,
  output logic [7:0] byte_o,
  input  logic [7:0] byte_i
);
  // Two registers against metastability, a third to see edges.
  logic [2:0] sck_q;
  logic [1:0] cs_nq, mosi_q;
  logic rising, falling;
  assign rising = sck_q[1] && !sck_q[2];
  assign falling = !sck_q[1] && sck_q[2];

  logic [2:0] count_d, count_q;          // bits of the byte so far
  logic [7:0] in_d, in_q, out_d, out_q;
  logic valid_d, valid_q, selected;
  assign selected = !cs_nq[1];

  always_comb begin
    count_d = count_q;
    in_d = in_q;
    out_d = out_q;
    valid_d = 1'b0;
    if (!selected) begin
      count_d = '0;
      out_d = byte_i;
    end else if (rising) begin
      count_d = count_q + 3'd1;
      in_d = {in_q[6:0], mosi_q[1]};
      valid_d = count_q == 3'd7;
    end else if (falling) begin
      out_d = count_q == '0 ? byte_i : {out_q[6:0], 1'b0};
    end
  end
  always_ff @(posedge clk_i) begin
    sck_q  <= {sck_q[1:0], sck_i};
    mosi_q <= {mosi_q[0], mosi_i};
    in_q   <= in_d;
    out_q  <= out_d;
    if (!rst_ni) begin
      cs_nq   <= '1;
      count_q <= '0;
      valid_q <= 1'b0;
    end else begin
      cs_nq   <= {cs_nq[0], cs_ni};
      count_q <= count_d;
      valid_q <= valid_d;
    end
  end
  assign miso_o = out_q[7];
  assign selected_o = selected;
  assign byte_valid_o = valid_q;
  assign byte_o = in_q;

  `BASIN_ASSERT(OneEdge, !(rising && falling))
  `BASIN_ASSERT(ByteEndsAtEight, !valid_q || count_q == '0)
endmodule
