#pragma once

#include <cstdint>

/// The inner loops of the batched golden model, compiled once for each vector unit (batch_kernels_*.cpp) from one text
/// (batch_kernel_text.hpp). Plain data alone crosses this boundary: code compiled for a vector unit must not be shared with
/// the rest of the program.
namespace basin::batch {

/// Cues that a block advances side by side, and the granularity of the cues it really works on.
inline constexpr int block_width = 64;
inline constexpr int block_grain = 16;
/// Rows of weights that share one pass over the outputs.
inline constexpr int tile_rows = 4;
/// Neurons are padded to this many in everything that is stored by neuron.
inline constexpr int neuron_grain = 32;

/// What one step needs of a network, in the form the loops read it. Lanes are 32 bits wide, or 64 when `wide`.
struct Constants {
  int neurons = 0;
  bool wide = false, odd = true, gain = false, tau = false;
  int left = 0, right = 0;                 // L, R
  int round = 1;                           // r of an order-2 step
  std::int64_t low = 0, high = 0;          // ends of the state
  std::int64_t threshold = 0;              // of moving
  int segment_shift = 0;                   // q
  std::int64_t segment_half = 0;           // 2^(q−1); 0 when q = 0
  std::int64_t last_segment = 0;           // 2^G − 1
  std::int64_t domain = 0;                 // 2^T
  std::int64_t position_end = 0;           // 2^T (odd) or 2^(T+1)
  // By neuron, padded to neuron_grain.
  const std::int32_t* bias = nullptr;
  const std::int32_t* tau_factor = nullptr;      // m + 1
  const std::int32_t* gain_factor = nullptr;     // m + 1
  const std::int32_t* gain_shift = nullptr;      // 8 + e
  const std::int32_t* table_offset = nullptr;    // of the neuron's table among the entries
  /// Segments of all tables: base in the upper half of a lane, rise in the lower.
  const void* entries = nullptr;
  /// W in tiles of tile_rows rows: for each pair of columns, one word a row: W_i,2p in the lower half, W_i,2p+1 in the upper.
  const std::int32_t* row_pairs = nullptr;
  /// W by column, neurons padded; inside 2·lanes neurons in the order of Kernels::lanes.
  const std::int16_t* columns = nullptr;
};

inline constexpr std::int32_t flag_moved = 1, flag_overflow = 2;

/// Cues side by side: element (i, c) is at i·block_width + c.
struct Block {
  int cues = 0;                            // in use, the first ones
  std::int32_t* state = nullptr;
  void* difference = nullptr;              // f of the step before, lanes
  const std::int32_t* output = nullptr;    // V, a pair of neurons in a word like row_pairs
  std::int32_t* next_output = nullptr;     // the same after the step
  const std::int32_t* bias = nullptr;      // of each cue; null: the network's
  const std::int32_t* held = nullptr;      // of each cue: −1 or 0; null: no neuron of any is held
  const std::int32_t* fresh = nullptr;     // by cue: −1 for a step of order 1, else 0
  std::int32_t* flags = nullptr;           // by cue: set by the step
};

/// One cue, its neurons side by side, with the dot products kept from step to step.
struct Single {
  std::int32_t* sum = nullptr;             // Σ W V, modulo 2^32
  std::int32_t* state = nullptr;
  void* difference = nullptr;
  std::int32_t* output = nullptr;          // V
  std::int32_t* changed = nullptr;         // neurons whose V changed, and by how much: `changes` of each
  std::int32_t* change = nullptr;
  int changes = 0;
  const std::int32_t* bias = nullptr;
  const std::int32_t* held = nullptr;      // −1 or 0
  std::int32_t fresh = 0;                  // −1 or 0
  std::int32_t flags = 0;
};

struct Kernels {
  const char* name;
  /// 32-bit lanes of a vector. Within 2·lanes neurons of a column, memory position 8g + k holds neuron 4g + k, and 8g + 4 + k
  /// neuron lanes + 4g + k (k < 4): what interleaving two columns inside 128 bits puts back in order.
  int lanes;
  void (*step_block)(const Constants&, Block&);
  void (*step_single)(const Constants&, Single&);
};

/// Those for AVX-512 with VNNI, AVX2 and any machine; the first two exist on x86-64 alone.
extern const Kernels avx512_kernels, avx2_kernels, portable_kernels;

}  // namespace basin::batch
