// The word that a fetch asked for, out of all that the memories read, sign-extended to 32 bits.
// A lane's word has come through a tree of SelectLevels clocks; the addresses of the other memories wait
// as long (others_o), so that every word comes FetchLatency - 1 after fetch_i.
module basin_fetch
  import basin_pkg::*;
(
  input  logic                   clk_i,
  input  fetch_t                 fetch_i,
  input  settings_t              settings_i,
  output address_t               others_o,        // address for every memory but those of the lanes
  input  weight_t                weight_i,        // of the weights, or of the core
  input  logic                   sign_i,
  input  diagonal_t              diagonal_i,
  input  bias_t                  bias_i,
  input  word_t                  gain_i,
  input  word_t                  tau_i,
  input  word_t                  selector_i,
  input  word_t                  delay_i,
  input  drive_t                 base_i,
  input  state_t                 state_i,
  input  word_t                  clamp_i,
  input  drive_t                 output_i,
  input  rise_t                  rise_i,
  output word_t                  word_o
);
  kind_t kind;
  word_t word_d, word_q;
  basin_delay #(.Width(AddressBits), .Clocks(SelectLevels)) u_others (
    .clk_i, .value_i(fetch_i.address), .value_o(others_o)
  );
  basin_delay #(.Width($bits(kind_t)), .Clocks(RamLatency + SelectLevels)) u_kind (
    .clk_i, .value_i(fetch_i.kind), .value_o(kind)
  );

  // Settings: one word, then the lengths of the phases and the longest delay.
  word_t first_setting, setting;
  assign first_setting = {7'd0, settings_i.order2, 4'd0, settings_i.exponent, 16'(settings_i.neurons)};
  if (Settings > 1) begin : gen_settings
    logic [SettingBits-1:0] place;
    basin_delay #(.Width(SettingBits), .Clocks(RamLatency)) u_place (
      .clk_i, .value_i(others_o[SettingBits-1:0]), .value_o(place)
    );
    always_comb begin
      setting = first_setting;
      for (int unsigned p = 0; p < TimedPhases; p++) begin
        if (CfgPhases > 1 && 32'(place) == p + 1) setting = settings_i.lengths[p];
      end
      if (CfgPages > 2 && 32'(place) == Settings - 1) setting = word_t'(settings_i.delay);
    end
  end else begin : gen_one_setting
    assign setting = first_setting;
  end

  always_comb begin
    unique case (kind)
      KindWeights, KindCore: word_d = word_t'(weight_i);
      KindFactors: word_d = sign_i ? '1 : word_t'(1);
      KindDiagonal: word_d = word_t'(diagonal_i);
      KindBiases: word_d = word_t'(bias_i);
      KindGains: word_d = gain_i;
      KindTaus: word_d = tau_i;
      KindSelectors: word_d = selector_i;
      KindDelays: word_d = delay_i;
      KindBases: word_d = word_t'(base_i);
      KindStates: word_d = word_t'(state_i);
      KindClamps: word_d = clamp_i;
      KindOutputs: word_d = word_t'(output_i);
      KindRises: word_d = word_t'(rise_i);
      default: word_d = setting;
    endcase
  end
  always_ff @(posedge clk_i) word_q <= word_d;
  assign word_o = word_q;

  logic unused;
  assign unused = ^{fetch_i.active, fetch_i.lane, settings_i.last, settings_i.threshold, settings_i.limit, settings_i.lengths,
                    settings_i.delay};
endmodule
