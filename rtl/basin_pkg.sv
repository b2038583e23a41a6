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

  function automatic int unsigned smaller(int unsigned a, int unsigned b);
    return a < b ? a : b;
  endfunction

  // The largest divisor of `count` that is not above `most`.
  function automatic int unsigned largest_divisor(int unsigned count, int unsigned most);
    largest_divisor = 1;
    for (int unsigned d = 2; d <= most; d++) begin
      if (count % d == 0) largest_divisor = d;
    end
  endfunction

  // Shift constants of docs/arithmetic.md §1: 2^L units of a sum, 2^R units of a state.
  localparam int unsigned StateLeft = CfgStateShift < 0 ? unsigned'(-CfgStateShift) : 0;
  localparam int unsigned StateRight = CfgStateShift > 0 ? unsigned'(CfgStateShift) : 0;

  // The factored form (§3): M, the lanes in use, and the groups of memories that they take together.
  localparam bit Factored = CfgMemories > 0;
  localparam int unsigned Memories = larger(CfgMemories, 1);
  localparam int unsigned Lanes = Factored && Memories < CfgLanes ? Memories : CfgLanes;
  localparam int unsigned MemoryGroups = (Memories + Lanes - 1) / Lanes;
  localparam int unsigned LastLanes = Memories - (MemoryGroups - 1) * Lanes;   // with a memory in the last group

  // Neurons, groups of rows that the lanes compute together, and where a weight lives.
  localparam int unsigned Groups = (CfgNeurons + CfgLanes - 1) / CfgLanes;
  localparam int unsigned WeightWords = Groups * CfgNeurons;
  localparam int unsigned TableWords = CfgTables * CfgTableSegments;
  localparam int unsigned IndexBits = index_bits(CfgNeurons);
  localparam int unsigned CountBits = $clog2(CfgNeurons + 1);
  localparam int unsigned LaneBits = index_bits(Lanes);
  localparam int unsigned WeightAddressBits = index_bits(WeightWords);
  localparam int unsigned LaneContentsBits = CfgContents ? 2 ** WeightAddressBits * CfgWeightBits : 1;
  localparam int unsigned TableAddressBits = index_bits(TableWords);
  // A word of X: the signs of one neuron in one group of memories, groups in the lowest address bits. It is kept in banks
  // of equal width, at most a block RAM's. A lane keeps its rows of the core one after the other.
  localparam int unsigned GroupBits = $clog2(MemoryGroups);
  localparam int unsigned FactorWords = CfgNeurons * 2 ** GroupBits;
  localparam int unsigned FactorAddressBits = index_bits(FactorWords);
  localparam int unsigned BankBits = largest_divisor(Lanes, 16);
  localparam int unsigned FactorBanks = Lanes / BankBits;
  localparam int unsigned BankContentsBits = CfgContents ? 2 ** FactorAddressBits * BankBits : 1;
  localparam int unsigned CoreWords = MemoryGroups * Memories;
  localparam int unsigned CoreAddressBits = index_bits(CoreWords);
  localparam int unsigned CoreContentsBits = CfgContents ? 2 ** CoreAddressBits * CfgWeightBits : 1;
  // Phases of a recall, those that have a length, and the mask of a neuron (§5).
  localparam int unsigned TimedPhases = CfgPhases > 1 ? CfgPhases - 1 : 1;
  localparam int unsigned PhaseBits = index_bits(CfgPhases);
  localparam int unsigned MaskBits = larger(CfgPhases, 1);
  // Pages of outputs (§3.1), and the words of settings in the network's identity (§8).
  localparam int unsigned PageBits = $clog2(CfgPages);
  localparam int unsigned Settings = 1 + (CfgPhases > 1 ? TimedPhases : 0) + (CfgPages > 2 ? 1 : 0);
  localparam int unsigned SettingBits = index_bits(Settings);
  localparam int unsigned ProductAddressBits = Factored ? larger(FactorAddressBits, CoreAddressBits) : WeightAddressBits;
  localparam int unsigned AddressBits = larger(larger(ProductAddressBits, TableAddressBits),
                                               larger(IndexBits, SettingBits));

  // Weights of as many lanes as 16 bits hold share a word of a single-port memory, each in a field of
  // 4, 8 or 16 bits.
  localparam int unsigned SharedBits = CfgWeightBits > 8 ? 16 : CfgWeightBits > 4 ? 8 : 4;
  localparam int unsigned SharedLanes = 16 / SharedBits;
  localparam int unsigned SharedMemories = (CfgLanes + SharedLanes - 1) / SharedLanes;

  // Arithmetic widths (§1).
  localparam int unsigned DotBits = CfgWeightBits + CfgDriveBits - 1 + $clog2(CfgNeurons)
                                    + (Factored ? 2 * $clog2(Memories) + 1 : 0);
  localparam int unsigned SumBits = larger(DotBits, CfgBiasBits) + 1;
  localparam int unsigned DifferenceBits = larger(SumBits + StateLeft, CfgStateBits + StateRight) + 1;
  localparam int unsigned TauBits = 8;
  localparam int unsigned UpdateBits = DifferenceBits + 2 + (CfgTau ? TauBits : 0);
  localparam int unsigned ProductBits = CfgWeightBits + CfgDriveBits - 1;
  // Of the factored form: y, z and the diagonal.
  localparam int unsigned OverlapBits = CfgDriveBits + $clog2(CfgNeurons);
  localparam int unsigned MixedBits = OverlapBits + CfgWeightBits - 1 + $clog2(Memories);
  localparam int unsigned DiagonalBits = smaller(CfgWeightBits + 2 * $clog2(Memories) + 1, 32);
  localparam int unsigned CoreDigits = (CfgWeightBits + 1) / 2;              // of radix 4

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
  typedef logic [FactorAddressBits-1:0] factor_address_t;      // a word of X
  typedef logic [CoreAddressBits-1:0] core_address_t;          // a word of one lane's rows of the core
  typedef logic [Lanes-1:0] signs_t;                           // of X, a bit a lane: 1 is -1
  typedef logic signed [CfgStateBits-1:0] state_t;
  typedef logic signed [CfgWeightBits-1:0] weight_t;
  typedef logic signed [CfgDriveBits-1:0] drive_t;             // an output code V
  typedef logic signed [CfgBiasBits-1:0] bias_t;
  typedef logic signed [CfgSlopeBits-1:0] rise_t;
  typedef logic signed [DotBits-1:0] dot_t;
  typedef logic signed [OverlapBits-1:0] overlap_t;            // y
  typedef logic signed [MixedBits-1:0] mixed_t;                // z
  typedef logic signed [DiagonalBits-1:0] diagonal_t;
  typedef logic signed [SumBits-1:0] sum_t;
  typedef logic signed [DifferenceBits-1:0] difference_t;
  typedef logic signed [UpdateBits-1:0] update_t;
  typedef logic [PhaseBits-1:0] phase_t;
  typedef logic [MaskBits-1:0] mask_t;                         // bit p: held in phase p
  typedef logic [PageBits-1:0] page_t;                         // of outputs, or a delay in steps
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
  // word, at p + 1 the length of phase p, and at the last one the longest delay.
  localparam kind_t KindSettings = '0;

  // One word on its way into a memory: at most one bit of `write` is set, that of its kind. `lane`
  // matters for weights, factors and core alone, and but for factors it stands since the clock before.
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
    page_t delay;                      // the longest
  } settings_t;

  // A column on its way through the lanes: first and last of a group's sum.
  typedef struct packed {
    logic valid;
    logic first;
    logic last;
  } column_t;

  // A word of X on its way through the factored form's pass: first and last of its neuron's.
  typedef struct packed {
    logic valid;
    logic first;
    logic last;
  } pass_t;

  // A clock of z = Â y: a digit of one column of the core, the lowest of its column, of the last group of rows, the last of
  // its group; a clock of `clear` begins a group. `turn`: the next column is of another group of memories.
  typedef struct packed {
    logic valid;
    logic clear;
    logic lowest;
    logic final_group;
    logic last;
    logic turn;
  } mix_t;

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
  // Levels of four-to-one registers that choose one lane's word.
  localparam int unsigned SelectLevels = ($clog2(Lanes) + 1) / 2;

  // Of the factored form. X waits FactorDelay before it meets z, so that sums and the diagonal's products, whichever take
  // longer, come together; SumLatency is from the issue of a neuron's last word of X to its sum over all memories.
  localparam int unsigned DiagonalLatency = multiplier_latency(CfgDriveBits);
  localparam int unsigned TreeLatency = 1 + $clog2(Lanes) + (MemoryGroups > 1 ? 1 : 0);
  localparam int unsigned FactorDelay = DiagonalLatency > TreeLatency ? DiagonalLatency - TreeLatency : 0;
  localparam int unsigned SumLatency = RamLatency + FactorDelay + TreeLatency;
  // From that issue to the neuron at basin_update, whose sum follows RamLatency later.
  localparam int unsigned NeuronLatency = SumLatency + 1 - RamLatency;
  // From a word of X at its memory's output to its use with the neuron's new output.
  localparam int unsigned EchoDelay = NeuronLatency + UpdateLatency + ActivationLatency + MemoryGroups - RamLatency;
  // It is kept in a memory of this many words, a block RAM's at least.
  localparam int unsigned EchoWords = 2 ** $clog2(MemoryGroups + 128);
  // Lane and core word of a column come together at the digit: one of the two waits.
  localparam int unsigned LaneDelay = SelectLevels < 3 ? 3 - SelectLevels : 0;
  localparam int unsigned CoreDelay = SelectLevels > 3 ? SelectLevels - 3 : 0;
  // Clocks between the last word of a pass and the first clock of z = Â y, and between the last of that and the next pass,
  // exclusive: until all of y, and all of z, can be read.
  localparam int unsigned MixWait = NeuronLatency + UpdateLatency + ActivationLatency + MemoryGroups - LaneDelay;
  localparam int unsigned MixedLatency = CoreDelay + 4 + (MemoryGroups > 1 ? 1 : 0);
  localparam int unsigned PassWait = MixedLatency > FactorDelay + 1 ? MixedLatency - FactorDelay - 1 : 0;

  // Λ of §9. Dense: the clocks between the issue of a group's last column and of a column that needs its
  // first output, exclusive. Factored: those of a step beside its words of X and digits of the core.
  localparam int unsigned Latency = Factored ? MixWait + MemoryGroups + PassWait
                                             : ProductLatency + UpdateLatency + ActivationLatency;
  // From the start of a prime to its first column.
  localparam int unsigned PrimeLatency = RamLatency + ActivationLatency + 1;
  // From a fetch to its word: a register each before the memories and behind the choice.
  localparam int unsigned FetchLatency = RamLatency + SelectLevels + 2;

endpackage
