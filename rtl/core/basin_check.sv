// Computes NETWORK_ID: walks over everything that is loaded in the canonical order of
// docs/arithmetic.md §8 and feeds it to the CRC, a byte a clock without a pause.
`include "basin_assert.svh"

module basin_check
  import basin_pkg::*;
(
  input  logic   clk_i,
  input  logic   rst_ni,
  input  logic   start_i,              // only while not busy_o
  input  count_t neurons_i,
  output logic   busy_o,
  output logic   busy_next_o,          // busy_o of the next clock
  output fetch_t fetch_o,
  input  word_t  word_i,               // FetchLatency after its fetch
  output word_t  network_id_o
);
  // Settings, weights (in the factored form factors, core, diagonal), biases, gains, taus, selectors, delays, tables; lists of a
  // feature that this elaboration lacks are passed over.
  localparam kind_t AfterSettings = Factored ? KindFactors : KindWeights;
  localparam kind_t AfterSelectors = CfgPages > 2 ? KindDelays : KindBases;
  localparam kind_t AfterTaus = CfgTables > 1 ? KindSelectors : AfterSelectors;
  localparam kind_t AfterGains = CfgTau ? KindTaus : AfterTaus;
  localparam kind_t AfterBiases = CfgGain ? KindGains : AfterGains;
  // A row of X is one bit of words that lie GroupBits apart.
  localparam address_t SignStep = address_t'(2 ** GroupBits);
  localparam logic [1:0] WeightLast = 2'((CfgWeightBits + 7) / 8 - 1);
  // From the last byte's fetch until it is in the CRC.
  localparam int unsigned Drain = FetchLatency + 2;

  typedef enum logic [1:0] { Idle, Walk, Empty } state_e;
  typedef logic [TableAddressBits:0] entries_t;
  typedef logic [$clog2(Drain + 1)-1:0] wait_t;
  typedef struct packed {
    logic valid;
    logic [1:0] index;
  } byte_t;

  // The last byte of a word.
  function automatic logic [1:0] last_byte(kind_t kind);
    if (Factored && kind == KindFactors) return 2'd0;
    return kind == (Factored ? KindCore : KindWeights) ? WeightLast : 2'd3;
  endfunction

  state_e state_d, state_q;
  kind_t kind_d, kind_q;
  lane_t lane_d, lane_q;
  address_t address_d, address_q, base_d, base_q;     // base: of the rows of this group
  count_t left_d, left_q, rows_d, rows_q;             // words left in a row or list; rows left
  entries_t entries_d, entries_q;                     // table entries left
  logic [1:0] byte_d, byte_q;
  wait_t wait_d, wait_q;
  // What is the last of its kind is known a clock ahead: a comparison before the next word's address would be long.
  logic list_last_d, list_last_q;                     // left_q is 1
  logic row_last_d, row_last_q;                       // rows_q is 1
  logic byte_last_d, byte_last_q;                     // byte_q is its word's last
  logic lane_last, start, is_signs, is_matrix;
  count_t rows, length;                               // of a matrix; of the list that comes next
  address_t stride;                                   // from the words of one group of lanes to the next

  assign start = state_q == Idle && start_i;
  assign lane_last = lane_q == lane_t'(Lanes - 1);
  assign is_signs = Factored && kind_q == KindFactors;
  assign is_matrix = Factored ? is_signs || kind_q == KindCore : kind_q == KindWeights;
  assign rows = Factored ? count_t'(Memories) : neurons_i;
  assign stride = is_signs ? address_t'(1) : address_t'(Factored ? Memories : CfgNeurons);

  // The next byte; at a word's end the next word, at a list's end the next list.
  always_comb begin
    kind_d = kind_q;
    lane_d = lane_q;
    address_d = address_q;
    base_d = base_q;
    left_d = left_q;
    rows_d = rows_q;
    entries_d = entries_q;
    byte_d = byte_last_q ? 2'd0 : byte_q + 2'd1;
    list_last_d = list_last_q;
    row_last_d = row_last_q;
    length = neurons_i;
    if (byte_last_q) begin
      address_d = list_last_q ? '0 : address_q + (is_signs ? SignStep : address_t'(1));
      unique case (kind_q)
        KindSettings: if (address_q == address_t'(Settings - 1)) begin
          kind_d = AfterSettings;
        end else begin                       // each setting is a list of its own
          address_d = address_q + address_t'(1);
        end
        KindWeights, KindFactors, KindCore: if (list_last_q) begin
          lane_d = lane_last ? '0 : lane_q + lane_t'(1);
          base_d = lane_last ? base_q + stride : base_q;
          rows_d = rows_q - count_t'(1);
          row_last_d = rows_q == count_t'(2);
          if (row_last_q) begin              // X and core have as many rows
            kind_d = !Factored ? KindBiases : is_signs ? KindCore : KindDiagonal;
            lane_d = '0;
            base_d = '0;
            rows_d = rows;
            row_last_d = rows == count_t'(1);
          end
          address_d = base_d;
        end
        KindDiagonal: if (list_last_q) kind_d = KindBiases;
        KindBiases: if (list_last_q) kind_d = AfterBiases;
        KindGains: if (list_last_q) kind_d = AfterGains;
        KindTaus: if (list_last_q) kind_d = AfterTaus;
        KindSelectors: if (list_last_q) kind_d = AfterSelectors;
        KindDelays: if (list_last_q) kind_d = KindBases;
        KindBases: begin
          address_d = address_q;
          kind_d = KindRises;
        end
        default: begin
          address_d = address_q + address_t'(1);
          entries_d = entries_q - entries_t'(1);
          kind_d = KindBases;
        end
      endcase
      // A list's end leads to another list, or to the next setting.
      if (Factored && (kind_q == KindFactors ? row_last_q : kind_q == KindCore && !row_last_q)) length = count_t'(Memories);
      left_d = list_last_q ? length : left_q - count_t'(1);
      list_last_d = list_last_q ? length == count_t'(1) : left_q == count_t'(2);
      if (kind_q == KindSettings && address_q != address_t'(Settings - 1)) begin
        left_d = left_q;
        list_last_d = list_last_q;
      end
    end
    if (start) begin
      kind_d = KindSettings;
      address_d = '0;
      lane_d = '0;
      base_d = '0;
      left_d = count_t'(1);
      list_last_d = 1'b1;
      rows_d = rows;
      row_last_d = rows == count_t'(1);
      entries_d = entries_t'(TableWords);
      byte_d = '0;
    end
    // A new word starts with byte 0, which only a weight or a sign can end.
    byte_last_d = byte_last_q || start ? last_byte(kind_d) == 2'd0 : byte_q == last_byte(kind_q) - 2'd1;
  end

  always_comb begin
    state_d = state_q;
    wait_d = wait_q - wait_t'(1);
    unique case (state_q)
      Idle: if (start_i) state_d = Walk;
      Walk: begin
        wait_d = wait_t'(Drain);
        if (byte_last_q && kind_q == KindRises && entries_q == entries_t'(1)) state_d = Empty;
      end
      default: if (wait_q == '0) state_d = Idle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) state_q <= Idle;
    else         state_q <= state_d;
    kind_q    <= kind_d;
    lane_q    <= lane_d;
    address_q <= address_d;
    base_q    <= base_d;
    left_q    <= left_d;
    list_last_q <= list_last_d;
    rows_q    <= rows_d;
    row_last_q  <= row_last_d;
    byte_last_q <= byte_last_d;
    entries_q <= entries_d;
    byte_q    <= byte_d;
    wait_q    <= wait_d;
  end
  assign busy_o = state_q != Idle;
  assign busy_next_o = state_q == Idle ? start_i : state_q == Walk || wait_q != '0;
  assign fetch_o = '{active: busy_o, kind: kind_q, lane: lane_q, address: address_q};

  // The byte of each fetched word.
  byte_t here;
  logic valid_q;
  logic [7:0] byte_value_q;
  word_t crc, network_id_q;
  basin_track #(.Width($bits(byte_t)), .Clocks(FetchLatency)) u_here (
    .clk_i, .rst_ni, .flush_i(1'b0),
    .bits_i({state_q == Walk, byte_q}), .bits_o({here.valid, here.index})
  );
  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni && here.valid;
    byte_value_q <= word_i[8*here.index +: 8];
    if (!rst_ni) network_id_q <= '0;
    else if (state_q == Empty && wait_q == '0) network_id_q <= crc;
  end
  basin_crc u_crc (
    .clk_i, .start_i(start), .valid_i(valid_q), .byte_i(byte_value_q), .crc_o(crc)
  );
  assign network_id_o = network_id_q;

  `BASIN_ASSERT(StartWhileIdle, !start_i || state_q == Idle)
  `BASIN_ASSERT(EmptyAtTheEnd, !(state_q == Empty && wait_q == '0) || !(valid_q || here.valid))
  `BASIN_ASSERT(ListLastAgrees, state_q != Walk || kind_q == KindBases || kind_q == KindRises
                || list_last_q == (left_q == count_t'(1)))
  logic unused;
  assign unused = is_matrix;

  `BASIN_ASSERT(RowLastAgrees, !(state_q == Walk && is_matrix)
                || row_last_q == (rows_q == count_t'(1)))
  `BASIN_ASSERT(ByteLastAgrees, state_q != Walk || byte_last_q == (byte_q == last_byte(kind_q)))
  `BASIN_ASSERT(NextAgrees, busy_next_o == (state_d != Idle))
  `BASIN_ASSERT(RowExists, !(state_q == Walk && kind_q == KindWeights) || 32'(address_q) < WeightWords)
  `BASIN_ASSERT(CoreRowExists, !(state_q == Walk && kind_q == KindCore) || 32'(address_q) < CoreWords)
  `BASIN_ASSERT(SignExists, !(state_q == Walk && kind_q == KindFactors) || 32'(address_q) < FactorWords)
endmodule
