// The weights of every lane: those of rows p, p + P, p + 2P … are lane p's. All lanes read the same
// address; a load writes the word of one lane. Either a block RAM a lane, or single-port memories
// whose words the weights of several lanes share (CfgSinglePort): weights are written only while
// nothing runs, so that one port is enough.
//
// Timing: a weight is at weights_o RamLatency clocks after address_i.
`include "basin_assert.svh"

module basin_weights
  import basin_pkg::*;
(
  input  logic                   clk_i,
  input  logic                   rst_ni,
  input  load_t                  load_i,
  input  weight_address_t        address_i,
  output weight_t [CfgLanes-1:0] weights_o
);
  logic [CfgLanes-1:0] mine_q;         // decided a clock ahead
  always_ff @(posedge clk_i) begin
    for (int unsigned p = 0; p < CfgLanes; p++) mine_q[p] <= load_i.lane == lane_t'(p);
  end

  if (CfgSinglePort) begin : gen_shared
    weight_address_t address;
    assign address = load_i.write[KindWeights] ? load_i.address[WeightAddressBits-1:0] : address_i;
    for (genvar m = 0; m < SharedMemories; m++) begin : gen_memory
      logic [SharedLanes-1:0] write;
      logic [SharedLanes-1:0][SharedBits-1:0] word;
      for (genvar f = 0; f < SharedLanes; f++) begin : gen_field
        if (m * SharedLanes + f < CfgLanes) begin : gen_lane
          assign write[f] = load_i.write[KindWeights] && mine_q[m*SharedLanes+f];
          assign weights_o[m*SharedLanes+f] = weight_t'(word[f][CfgWeightBits-1:0]);
        end else begin : gen_none
          assign write[f] = 1'b0;
        end
      end
      basin_single_port #(.FieldBits(SharedBits), .Fields(SharedLanes), .Words(WeightWords)) u_weights (
        .clk_i,
        .write_i(write),
        .address_i(address),
        .write_data_i(load_i.data[SharedBits-1:0]),
        .read_data_o(word)
      );
      logic unused_word;
      assign unused_word = ^word;
    end
  end else begin : gen_own
    for (genvar p = 0; p < CfgLanes; p++) begin : gen_lane
      basin_ram #(
        .Width(CfgWeightBits),
        .Words(WeightWords),
        .Filled(CfgContents),
        .Contents(ContentsWeights[p*LaneContentsBits+:LaneContentsBits])
      ) u_weights (
        .clk_i,
        .write_i(load_i.write[KindWeights] && mine_q[p]),
        .write_address_i(load_i.address[WeightAddressBits-1:0]),
        .write_data_i(load_i.data[CfgWeightBits-1:0]),
        .read_address_i(address_i),
        .read_data_o(weights_o[p])
      );
    end
  end

  logic unused;
  assign unused = ^{load_i.write, load_i.data, load_i.address, rst_ni};

  `BASIN_ASSERT(LaneDecidedInTime, !load_i.write[KindWeights] || mine_q[load_i.lane])
  `BASIN_ASSERT(OneLaneWritten, !load_i.write[KindWeights] || (mine_q & (mine_q - CfgLanes'(1))) == '0)
endmodule
