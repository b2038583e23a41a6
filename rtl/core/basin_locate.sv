// Judges the header of a load packet or a read request (docs/arithmetic.md §7) and finds where its
// first word lives. Row i of the weights is word (i / P) * N of lane i mod P, that of the core word
// (i / P) * M, by repeated subtraction: no divider. The signs of neuron i begin with its first word.
//
// Timing: header_i holds still from start_i on. done_o four clocks later, or for rows of weights
// or core i / P clocks more, with legal_o and the place.
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

  localparam int unsigned Stride = Factored ? Memories : CfgNeurons;      // words from one row of a lane to the next

  logic is_row, is_signs, known;
  bound_t limit;
  assign is_row = header_i.kind == (Factored ? KindCore : KindWeights);
  assign is_signs = Factored && header_i.kind == KindFactors;
  always_comb begin
    limit = bound_t'(neurons_i);
    unique case (header_i.kind)
      KindBiases, KindStates: known = 1'b1;
      KindWeights: known = !Factored;
      KindFactors, KindDiagonal: known = Factored;
      KindCore: begin
        known = Factored;
        limit = bound_t'(Memories);
      end
      KindGains: known = CfgGain;
      KindTaus: known = CfgTau;
      KindSelectors: known = CfgTables > 1;
      KindClamps: known = CfgPhases > 0;
      KindDelays: known = CfgPages > 2;
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

  // A row, or a neuron's signs, must be one of those that exist and whole; anything else must end within its kind's limit. Sum and limit, comparisons and
  // verdict take a clock each: seeking begins only after them.
  assign legal_d = known_q && some_q && (is_row || is_signs ? whole_q && starts_q : ends_q);
  assign found = !is_row || !legal_q || 32'(rest_q) < Lanes;

  always_comb begin
    rest_d = rest_q - 14'(Lanes);
    address_d = address_q + address_t'(Stride);
    if (start_i) begin
      rest_d = is_signs ? '0 : header_i.first;
      address_d = is_row ? '0 : address_t'(header_i.first) << (is_signs ? GroupBits : 0);
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
    whole_q   <= (Factored ? 14'(Memories) : 14'(neurons_i)) == header_i.count;
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
  `BASIN_ASSERT(PlaceExists, !(done_o && legal_o && is_row) || 32'(address_q) < (Factored ? CoreWords : WeightWords))
  `BASIN_ASSERT(SignsExist, !(done_o && legal_o && is_signs) || 32'(address_q) < FactorWords)
endmodule
