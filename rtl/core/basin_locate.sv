// Judges the header of a load packet or a read request (docs/arithmetic.md §7) and finds where its
// first word lives. Row i of the weights is word (i / P) * N of lane i mod P, by repeated
// subtraction: no divider.
//
// Timing: header_i holds still from start_i on. done_o four clocks later, or for rows of weights
// i / P clocks more, with legal_o and the place.
`include "basin_assert.svh"

module basin_locate
  import basin_pkg::*;
#(
  parameter bit Reading = 1'b0         // outputs may be read, not loaded
) (
  input  logic     clk_i,
  input  logic     rst_ni,
  input  logic     clear_i,
  input  logic     start_i,
  input  header_t  header_i,
  input  count_t   neurons_i,
  output logic     done_o,
  output logic     legal_o,
  output lane_t    lane_o,
  output address_t address_o
);
  typedef logic [14:0] bound_t;        // first + count

  logic is_weights, known;
  bound_t limit;
  assign is_weights = header_i.kind == KindWeights;
  always_comb begin
    limit = bound_t'(neurons_i);
    unique case (header_i.kind)
      KindWeights, KindBiases, KindStates: known = 1'b1;
      KindGains: known = CfgGain;
      KindTaus: known = CfgTau;
      KindSelectors: known = CfgTables > 1;
      KindClamps: known = CfgPhases > 0;
      KindOutputs: known = Reading;
      KindBases, KindRises: begin
        known = 1'b1;
        limit = bound_t'(TableWords);
      end
      default: known = 1'b0;
    endcase
  end

  logic summed_q, judged_q, seeking_q, seeking_d, done_q;
  bound_t end_q, limit_q;
  logic known_q, whole_q, some_q, starts_q, ends_q, legal_d, legal_q;
  logic [13:0] rest_d, rest_q;
  address_t address_d, address_q;
  logic found;

  // A row of weights must be one of n and whole; anything else must end within its kind's limit. Sum and limit, comparisons and
  // verdict take a clock each: seeking begins only after them.
  assign legal_d = known_q && some_q && (is_weights ? whole_q && starts_q : ends_q);
  assign found = !is_weights || !legal_q || 32'(rest_q) < CfgLanes;

  always_comb begin
    rest_d = rest_q - 14'(CfgLanes);
    address_d = address_q + address_t'(CfgNeurons);
    if (start_i) begin
      rest_d = header_i.first;
      address_d = is_weights ? '0 : address_t'(header_i.first);
    end else if (!seeking_q || found) begin
      rest_d = rest_q;
      address_d = address_q;
    end
    seeking_d = judged_q || (seeking_q && !found);
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni || clear_i) begin
      summed_q  <= 1'b0;
      judged_q  <= 1'b0;
      seeking_q <= 1'b0;
      done_q    <= 1'b0;
    end else begin
      summed_q  <= start_i;
      judged_q  <= summed_q;
      seeking_q <= seeking_d;
      done_q    <= seeking_q && found;
    end
    end_q     <= bound_t'(header_i.first) + bound_t'(header_i.count);
    limit_q   <= limit;
    known_q   <= known;
    whole_q   <= 14'(neurons_i) == header_i.count;
    some_q    <= header_i.count != '0;
    starts_q  <= bound_t'(header_i.first) < limit_q;
    ends_q    <= end_q <= limit_q;
    legal_q   <= legal_d;
    rest_q    <= rest_d;
    address_q <= address_d;
  end

  assign done_o = done_q;
  assign legal_o = legal_q;
  assign lane_o = lane_t'(rest_q);
  assign address_o = address_q;

  `BASIN_ASSERT(OneAtATime, !(start_i && (summed_q || judged_q || seeking_q || done_q)))
  `BASIN_ASSERT(PlaceExists, !(done_o && legal_o && is_weights) || 32'(address_q) < WeightWords)
endmodule
