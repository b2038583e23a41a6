// Delays control bits by a fixed number of clocks; flush_i and reset empty the way.
module basin_track
#(
  parameter int unsigned Width = 1,
  parameter int unsigned Clocks = 1
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             flush_i,
  input  logic [Width-1:0] bits_i,
  output logic [Width-1:0] bits_o
);
  if (Clocks == 0) begin : gen_wire
    logic unused;
    assign unused = ^{clk_i, rst_ni, flush_i};
    assign bits_o = bits_i;
  end else begin : gen_registers
    logic [Width-1:0] bits_q [Clocks];
    always_ff @(posedge clk_i) begin
      for (int unsigned k = 0; k < Clocks; k++) begin
        if (!rst_ni || flush_i) bits_q[k] <= '0;
        else                    bits_q[k] <= k == 0 ? bits_i : bits_q[k-1];
      end
    end
    assign bits_o = bits_q[Clocks-1];
  end
endmodule
