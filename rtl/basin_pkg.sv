// Types, widths and latencies of one core. Every size follows from the generated header by the
// formulas of docs/arithmetic.md; no module states a size of its own.
package basin_pkg;

  `include "basin_cfg.svh"

  // Bits that index `count` things: at least one.
  function automatic int unsigned index_bits(int unsigned count);
    return count > 1 ? $clog2(count) : 1;
  endfunction

  function automatic int unsigned larger(int unsigned a, int unsigned b);
    return a > b ? a : b;
  endfunction

  // Shift constants of docs/arithmetic.md §1: 2^L units of a sum, 2^R units of a state.
  localparam int unsigned StateLeft = CfgStateShift < 0 ? unsigned'(-CfgStateShift) : 0;
  localparam int unsigned StateRight = CfgStateShift > 0 ? unsigned'(CfgStateShift) : 0;

  // Neurons, groups of rows that the lanes compute together, and where a weight lives.
  localparam int unsigned Groups = (CfgNeurons + CfgLanes - 1) / CfgLanes;
  localparam int unsigned WeightWords = Groups * CfgNeurons;
  localparam int unsigned TableWords = CfgTables * CfgTableSegments;
  localparam int unsigned IndexBits = index_bits(CfgNeurons);
  localparam int unsigned CountBits = $clog2(CfgNeurons + 1);
  localparam int unsigned LaneBits = index_bits(CfgLanes);
  localparam int unsigned WeightAddressBits = index_bits(WeightWords);
  localparam int unsigned LaneContentsBits = CfgContents ? 2 ** WeightAddressBits * CfgWeightBits : 1;
  localparam int unsigned TableAddressBits = index_bits(TableWords);
  // Phases of a recall, those that have a length, and the mask of a neuron (§5).
  localparam int unsigned TimedPhases = CfgPhases > 1 ? CfgPhases - 1 : 1;
  localparam int unsigned PhaseBits = index_bits(CfgPhases);
  localparam int unsigned MaskBits = larger(CfgPhases, 1);
  localparam int unsigned AddressBits = larger(larger(WeightAddressBits, TableAddressBits),
                                               larger(IndexBits, PhaseBits));

  // Weights of as many lanes as 16 bits hold share a word of a single-port memory, each in a field of
  // 4, 8 or 16 bits.
  localparam int unsigned SharedBits = CfgWeightBits > 8 ? 16 : CfgWeightBits > 4 ? 8 : 4;
  localparam int unsigned SharedLanes = 16 / SharedBits;
  localparam int unsigned SharedMemories = (CfgLanes + SharedLanes - 1) / SharedLanes;

  // Arithmetic widths (§1).
  localparam int unsigned DotBits = CfgWeightBits + CfgDriveBits - 1 + $clog2(CfgNeurons);
  localparam int unsigned SumBits = larger(DotBits, CfgBiasBits) + 1;
  localparam int unsigned DifferenceBits = larger(SumBits + StateLeft, CfgStateBits + StateRight) + 1;
  localparam int unsigned TauBits = 8;
  localparam int unsigned UpdateBits = DifferenceBits + 2 + (CfgTau ? TauBits : 0);
  localparam int unsigned ProductBits = CfgWeightBits + CfgDriveBits - 1;

  // Activation table (§4): G and q.
  localparam int unsigned SegmentsLog2 = $clog2(CfgTableSegments);
  localparam int unsigned SegmentBits = index_bits(CfgTableSegments);
  localparam int unsigned SegmentShift = CfgTableDomain + (CfgTableOdd ? 0 : 1) - SegmentsLog2;
  localparam int unsigned GainBits = 12;

  typedef logic [IndexBits-1:0] index_t;                       // a neuron
  typedef logic [CountBits-1:0] count_t;                       // 0 … N
  typedef logic [LaneBits-1:0] lane_t;
  typedef logic [AddressBits-1:0] address_t;                   // a word of any memory
  typedef logic [WeightAddressBits-1:0] weight_address_t;      // a word of one lane's memory
  typedef logic [TableAddressBits-1:0] table_address_t;
  typedef logic signed [CfgStateBits-1:0] state_t;
  typedef logic signed [CfgWeightBits-1:0] weight_t;
  typedef logic signed [CfgDriveBits-1:0] drive_t;             // an output code V
  typedef logic signed [CfgBiasBits-1:0] bias_t;
  typedef logic signed [CfgSlopeBits-1:0] rise_t;
  typedef logic signed [DotBits-1:0] dot_t;
  typedef logic signed [SumBits-1:0] sum_t;
  typedef logic signed [DifferenceBits-1:0] difference_t;
  typedef logic signed [UpdateBits-1:0] update_t;
  typedef logic [PhaseBits-1:0] phase_t;
  typedef logic [MaskBits-1:0] mask_t;                         // bit p: held in phase p
  typedef logic [31:0] word_t;
  typedef word_t [TimedPhases-1:0] lengths_t;                  // steps, a word a phase
  typedef logic [3:0] kind_t;

  // First word of a packet (§7).
  typedef struct packed {
    kind_t kind;
    logic [13:0] first;
    logic [13:0] count;
  } header_t;

  // A fetch of this kind gives the settings of the network's identity (§8): at address 0 its first
  // word, at p + 1 the length of phase p.
  localparam kind_t KindSettings = '0;

  // One word on its way into a memory: at most one bit of `write` is set, that of its kind. `lane`
  // matters for weights alone and stands since the clock before.
  typedef struct packed {
    logic [15:0] write;
    lane_t lane;
    address_t address;
    word_t data;
  } load_t;

  // A word to read from any memory. `active` holds the read ports of an idle core.
  typedef struct packed {
    logic active;
    kind_t kind;
    lane_t lane;
    address_t address;
  } fetch_t;

  // What the run-time registers say (§6).
  typedef struct packed {
    count_t neurons;
    index_t last;                      // neurons - 1
    logic [3:0] exponent;
    logic order2;
    word_t threshold;
    word_t limit;
    lengths_t lengths;
  } settings_t;

  // A column on its way through the lanes: first and last of a group's sum.
  typedef struct packed {
    logic valid;
    logic first;
    logic last;
  } column_t;

  // A neuron on its way through update and activation: of a prime, or `last` of a step.
  typedef struct packed {
    logic valid;
    logic prime;
    logic last;
    index_t index;
  } neuron_t;

  // Latencies, in clocks. A memory gives its word two clocks after the address.
  localparam int unsigned RamLatency = 2;

  // From the factor to the product of basin_multiplier.
  function automatic int unsigned multiplier_latency(int unsigned factor_bits);
    return 2 + $clog2((factor_bits + 1) / 2);
  endfunction

  // From a lane's weight to its product: a register on either side of a multiplier block, or the tree.
  localparam int unsigned LaneLatency = CfgBlockMultipliers ? 2 : multiplier_latency(CfgWeightBits);
  // From the issue of a column to the cycle that adds its product.
  localparam int unsigned ProductLatency = RamLatency + LaneLatency;
  // From a neuron's index at the drain to its new state at the write port.
  localparam int unsigned TauFactorBits = TauBits + 2;
  localparam int unsigned TauLatency = CfgTau ? multiplier_latency(TauFactorBits) : 0;
  localparam int unsigned UpdateLatency = RamLatency + 8 + TauLatency;
  // From a state at the activation's input to its output at the write port.
  localparam int unsigned GainFactorBits = 10;
  localparam int unsigned GainLatency = CfgGain ? RamLatency + multiplier_latency(GainFactorBits) + 4 : 0;
  localparam int unsigned PositionBits = SegmentShift + 2;     // t, signed
  localparam int unsigned ActivationLatency = GainLatency + 6 + multiplier_latency(PositionBits);
  // Λ of §9: the clocks between the issue of a group's last column and of a column that needs its
  // first output, exclusive.
  localparam int unsigned Latency = ProductLatency + UpdateLatency + ActivationLatency;
  // From the start of a prime to its first column.
  localparam int unsigned PrimeLatency = RamLatency + ActivationLatency + 1;
  // Levels of four-to-one registers that choose one lane's weight.
  localparam int unsigned SelectLevels = ($clog2(CfgLanes) + 1) / 2;
  // From a fetch to its word: a register each before the memories and behind the choice.
  localparam int unsigned FetchLatency = RamLatency + SelectLevels + 2;

endpackage
