// One port that either writes or reads, words of several fields that are written each by itself, and
// a register behind the read: the shape of the large single-port memories that some devices have
// beside their block RAM. A word is at read_data_o two clocks after its address, as in basin_ram; in
// the clocks in which something is written nothing is read.
module basin_single_port
#(
  parameter int unsigned FieldBits = 8,
  parameter int unsigned Fields = 2,
  parameter int unsigned Words = 2,
  localparam int unsigned AddressWidth = Words > 1 ? $clog2(Words) : 1
) (
  input  logic                             clk_i,
  input  logic [Fields-1:0]                write_i,
  input  logic [AddressWidth-1:0]          address_i,
  input  logic [FieldBits-1:0]             write_data_i,     // the same for every field
  output logic [Fields-1:0][FieldBits-1:0] read_data_o
);
  (* ram_style = "huge" *) logic [Fields*FieldBits-1:0] memory [2**AddressWidth];
  logic [Fields*FieldBits-1:0] word_q, read_q;

  always_ff @(posedge clk_i) begin
    for (int unsigned f = 0; f < Fields; f++) begin
      if (write_i[f]) memory[address_i][f*FieldBits+:FieldBits] <= write_data_i;
    end
    if (write_i == '0) word_q <= memory[address_i];
    read_q <= word_q;
  end
  assign read_data_o = read_q;
endmodule
