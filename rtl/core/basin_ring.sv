// A ring of words, one of which stands at the output. A turn moves the next one there and puts value_i
// at the end. clear_i makes all of them zero.
module basin_ring
#(
  parameter int unsigned Width = 1,
  parameter int unsigned Length = 1
) (
  input  logic             clk_i,
  input  logic             clear_i,
  input  logic             turn_i,
  input  logic [Width-1:0] value_i,
  output logic [Width-1:0] value_o
);
  logic [Width-1:0] word_q [Length];
  always_ff @(posedge clk_i) begin
    for (int unsigned k = 0; k < Length; k++) begin
      if (clear_i)     word_q[k] <= '0;
      else if (turn_i) word_q[k] <= k == 0 ? value_i : word_q[k-1];
    end
  end
  assign value_o = word_q[Length-1];
endmodule
