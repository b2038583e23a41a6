// Chooses one lane's word through a tree of four-to-one registers: SelectLevels clocks, whatever
// the number of lanes. lane_i belongs to the words of the same clock.
module basin_select
  import basin_pkg::*;
#(
  parameter int unsigned Width = CfgWeightBits
) (
  input  logic                        clk_i,
  input  lane_t                       lane_i,
  input  logic [Lanes-1:0][Width-1:0] words_i,
  output logic [Width-1:0]            word_o
);
  localparam int unsigned Leaves = 4 ** SelectLevels;
  localparam int unsigned ChoiceBits = 2 * SelectLevels;

  // node[l] has 4^(SelectLevels - l) nodes; the others of a row stay unused.
  logic [Width-1:0] node [SelectLevels+1][Leaves];
  for (genvar p = 0; p < Leaves; p++) begin : gen_leaf
    if (p < Lanes) begin : gen_lane
      assign node[0][p] = words_i[p];
    end else begin : gen_none
      assign node[0][p] = '0;
    end
  end

  if (SelectLevels == 0) begin : gen_one_lane
    logic unused;
    assign unused = ^{clk_i, lane_i};
  end else begin : gen_levels
    logic [ChoiceBits-1:0] choice [SelectLevels];
    assign choice[0] = ChoiceBits'(lane_i);
    for (genvar l = 0; l < SelectLevels; l++) begin : gen_level
      localparam int unsigned Nodes = 4 ** (SelectLevels - l - 1);
      if (l > 0) begin : gen_choice
        basin_delay #(.Width(ChoiceBits)) u_choice (.clk_i, .value_i(choice[l-1]), .value_o(choice[l]));
      end
      for (genvar p = 0; p < Leaves; p++) begin : gen_node
        if (p < Nodes) begin : gen_choose
          logic [3:0][Width-1:0] from;
          logic [Width-1:0] node_q;
          assign from = {node[l][4*p+3], node[l][4*p+2], node[l][4*p+1], node[l][4*p]};
          always_ff @(posedge clk_i) node_q <= from[choice[l][2*l+:2]];
          assign node[l+1][p] = node_q;
        end else begin : gen_none
          assign node[l+1][p] = '0;
        end
      end
    end
  end
  assign word_o = node[SelectLevels][0];
endmodule
