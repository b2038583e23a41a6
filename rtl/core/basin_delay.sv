// Delays a value by a fixed number of clocks, none included. It has no reset: whoever needs one
// delays a valid bit with basin_track.
module basin_delay
#(
  parameter int unsigned Width = 1,
  parameter int unsigned Clocks = 1
) (
  input  logic             clk_i,
  input  logic [Width-1:0] value_i,
  output logic [Width-1:0] value_o
);
  if (Clocks == 0) begin : gen_wire
    logic unused;
    assign unused = clk_i;
    assign value_o = value_i;
  end else begin : gen_registers
    logic [Width-1:0] value_q [Clocks];
    always_ff @(posedge clk_i) begin
      value_q[0] <= value_i;
      for (int unsigned k = 1; k < Clocks; k++) value_q[k] <= value_q[k-1];
    end
    assign value_o = value_q[Clocks-1];
  end
endmodule
