// X, the signs of the memories: a word holds those of one neuron in one group of memories, a bit a lane.
// It is read once for a neuron: what the sums need now, the overlaps need again when the neuron's new
// output comes, EchoDelay later, and take it from a small memory that keeps the last words.
//
// Timing: signs_o RamLatency after address_i, echo_o EchoDelay after signs_o. A load brings a neuron's
// signs one by one; a word is written with its last one.
`include "basin_assert.svh"

module basin_factors
  import basin_pkg::*;
(
  input  logic            clk_i,
  input  logic            rst_ni,
  input  load_t           load_i,
  input  factor_address_t address_i,
  output signs_t          signs_o,
  output signs_t          echo_o
);
  // The word under way: signs of lanes that came, zero for those that have no memory.
  signs_t word, word_q;
  logic write, final_group, complete;
  if (MemoryGroups > 1) begin : gen_groups
    assign final_group = load_i.address[GroupBits-1:0] == GroupBits'(MemoryGroups - 1);
  end else begin : gen_one_group
    assign final_group = 1'b1;
  end
  assign complete = load_i.lane == lane_t'(Lanes - 1) || (final_group && load_i.lane == lane_t'(LastLanes - 1));
  assign write = load_i.write[KindFactors] && complete;
  always_comb begin
    for (int unsigned p = 0; p < Lanes; p++) begin
      word[p] = word_q[p] && load_i.lane != '0;
      if (load_i.lane == lane_t'(p)) word[p] = load_i.data[1];       // of 1 and -1, it says -1
    end
  end
  always_ff @(posedge clk_i) if (load_i.write[KindFactors]) word_q <= word;

  // Where the present word goes, and where the one that is asked for now is.
  localparam int unsigned EchoBits = index_bits(EchoWords);
  if (EchoDelay > EchoWords) $fatal(1, "basin_factors: too many groups for the echo");
  logic [EchoBits-1:0] place_q, earlier_q;
  always_ff @(posedge clk_i) begin
    place_q   <= rst_ni ? place_q + EchoBits'(1) : '0;
    earlier_q <= rst_ni ? earlier_q + EchoBits'(1) : EchoBits'(0) - EchoBits'(EchoDelay - RamLatency);
  end

  for (genvar b = 0; b < FactorBanks; b++) begin : gen_bank
    if (CfgSinglePort) begin : gen_single_port
      basin_single_port #(.FieldBits(BankBits), .Fields(1), .Words(FactorWords)) u_factors (
        .clk_i,
        .write_i(write),
        .address_i(load_i.write[KindFactors] ? load_i.address[FactorAddressBits-1:0] : address_i),
        .write_data_i(word[b*BankBits+:BankBits]),
        .read_data_o(signs_o[b*BankBits+:BankBits])
      );
    end else begin : gen_block
      basin_ram #(
        .Width(BankBits),
        .Words(FactorWords),
        .Filled(CfgContents),
        .Contents(ContentsFactors[b*BankContentsBits+:BankContentsBits])
      ) u_factors (
        .clk_i,
        .write_i(write),
        .write_address_i(load_i.address[FactorAddressBits-1:0]),
        .write_data_i(word[b*BankBits+:BankBits]),
        .read_address_i(address_i),
        .read_data_o(signs_o[b*BankBits+:BankBits])
      );
    end
    basin_ram #(.Width(BankBits), .Words(EchoWords)) u_echo (
      .clk_i,
      .write_i(1'b1),
      .write_address_i(place_q),
      .write_data_i(signs_o[b*BankBits+:BankBits]),
      .read_address_i(earlier_q),
      .read_data_o(echo_o[b*BankBits+:BankBits])
    );
  end

  logic unused;
  assign unused = ^load_i;
  `BASIN_ASSERT(EchoIsBehind, EchoBits'(place_q - earlier_q) == EchoBits'(EchoDelay - RamLatency))
  `BASIN_ASSERT(LaneExists, !load_i.write[KindFactors] || 32'(load_i.lane) < Lanes)
endmodule
