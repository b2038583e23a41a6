// One write port, one read port, and a register behind the read: the shape that every device keeps
// in block RAM at full speed. A word is at read_data_o two clocks after its address.
// A word read in the clock in which it is written is undefined; no user of it depends on that.
// Filled: it holds Contents from configuration on, word 0 in the lowest bits; else nothing known.
module basin_ram
#(
  parameter int unsigned Width = 8,
  parameter int unsigned Words = 2,
  localparam int unsigned AddressWidth = Words > 1 ? $clog2(Words) : 1,
  parameter bit Filled = 1'b0,
  localparam int unsigned ContentsBits = Filled ? 2 ** AddressWidth * Width : 1,
  parameter logic [ContentsBits-1:0] Contents = '0
) (
  input  logic                    clk_i,
  input  logic                    write_i,
  input  logic [AddressWidth-1:0] write_address_i,
  input  logic [Width-1:0]        write_data_i,
  input  logic [AddressWidth-1:0] read_address_i,
  output logic [Width-1:0]        read_data_o
);
  // The address always selects an existing word: a memory of one word is given a second.
  (* no_rw_check *) logic [Width-1:0] memory [2**AddressWidth];
  logic [Width-1:0] word_q, read_q;

  if (Filled) begin : gen_filled
    initial begin
      for (int unsigned i = 0; i < 2 ** AddressWidth; i++) memory[i] = Contents[i*Width+:Width];
    end
  end

  always_ff @(posedge clk_i) begin
    if (write_i) memory[write_address_i] <= write_data_i;
    word_q <= memory[read_address_i];
    read_q <= word_q;
  end
  assign read_data_o = read_q;
endmodule
