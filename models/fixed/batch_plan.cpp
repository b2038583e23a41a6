#include "models/fixed/batch_plan.hpp"

#include <algorithm>

namespace basin::batch {
namespace {

constexpr int narrow_lane = 32;

std::size_t padded_size(int neurons) {
  constexpr auto grain = static_cast<std::size_t>(neuron_grain);
  return (static_cast<std::size_t>(neurons) + grain - 1) / grain * grain;
}

/// Whether every integer of a step fits 32 bits: x, the product of state and gain, and that of rise and position with its
/// half added; base and rise then share a lane of 32 bits too. The state and its sum with d do when x does (§1: f is wider
/// than u·2^R).
bool within_narrow_lanes(const CoreConfig& core) {
  constexpr int gain_bits = 9;   // m + 1 ≤ 256
  return core.update_bits() <= narrow_lane && (!core.gain || core.state_bits + gain_bits <= narrow_lane) &&
         core.slope_bits <= narrow_lane / 2 && core.slope_bits + core.segment_shift() < narrow_lane;
}

std::int32_t pair_word(std::int32_t lower, std::int32_t upper) {
  return static_cast<std::int32_t>((static_cast<std::uint32_t>(lower) & 0xffffU) | static_cast<std::uint32_t>(upper) << 16);
}

}  // namespace

bool within_kernels(const CoreConfig& core) { return core.memories == 0 && core.dot_bits() <= narrow_lane; }

bool within_event_kernels(const CoreConfig& core) { return within_kernels(core) && core.drive_bits <= 15; }

std::vector<const Kernels*> available_kernels() {
  std::vector<const Kernels*> found;
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512vnni");
  if (avx512) found.push_back(&avx512_kernels);
  if (__builtin_cpu_supports("avx2")) found.push_back(&avx2_kernels);
#endif
  found.push_back(&portable_kernels);
  return found;
}

Plan::Plan(const FixedNetwork& network, const Kernels& kernels) : kernels_(kernels), padded_(padded_size(network.neurons)) {
  const CoreConfig& core = network.core;
  Constants& c = constants_;
  c.neurons = network.neurons;
  c.wide = !within_narrow_lanes(core);
  c.odd = core.table_odd;
  c.gain = core.gain;
  c.tau = core.tau;
  c.left = core.state_left();
  c.right = core.state_right();
  c.round = network.step_exponent + 1 + core.state_right() + (core.tau ? 8 : 0);
  c.low = -core.max_state() - 1;
  c.high = core.max_state();
  c.threshold = std::min(network.settle_threshold, c.high - c.low);   // nothing moves further than this
  c.segment_shift = core.segment_shift();
  c.segment_half = c.segment_shift == 0 ? 0 : std::int64_t{1} << (c.segment_shift - 1);
  c.last_segment = core.table_segments - 1;
  c.domain = std::int64_t{1} << core.table_domain;
  c.position_end = std::int64_t{1} << core.span_log2();
  pack_parameters(network);
  pack_tables(network);
  pack_rows(network);
  if (within_event_kernels(core)) pack_columns(network);
}

void Plan::pack_parameters(const FixedNetwork& network) {
  for (auto* values : {&bias_, &tau_factor_, &gain_factor_, &gain_shift_, &table_offset_}) {
    *values = Aligned<std::int32_t>(padded_);
  }
  constexpr int gain_shift = 8;
  for (std::size_t i = 0; i < static_cast<std::size_t>(network.neurons); ++i) {
    bias_[i] = network.biases[i];
    if (network.core.tau) tau_factor_[i] = network.taus[i] + 1;
    if (network.core.gain) {
      gain_factor_[i] = network.gains[i].mantissa + 1;
      gain_shift_[i] = gain_shift + network.gains[i].exponent;
    }
    if (network.core.tables > 1) table_offset_[i] = network.selectors[i] * network.core.table_segments;
  }
  constants_.bias = bias_.data();
  constants_.tau_factor = tau_factor_.data();
  constants_.gain_factor = gain_factor_.data();
  constants_.gain_shift = gain_shift_.data();
  constants_.table_offset = table_offset_.data();
}

void Plan::pack_tables(const FixedNetwork& network) {
  const auto segments = static_cast<std::size_t>(network.core.table_segments);
  const std::size_t entries = segments * network.tables.size();
  narrow_entries_ = Aligned<std::int32_t>(constants_.wide ? 0 : entries);
  wide_entries_ = Aligned<std::int64_t>(constants_.wide ? entries : 0);
  for (std::size_t k = 0; k < entries; ++k) {
    const Segment& segment = network.tables[k / segments][k % segments];
    if (constants_.wide) {
      wide_entries_[k] = std::int64_t{segment.base} * (std::int64_t{1} << 32) + static_cast<std::uint32_t>(segment.rise);
    } else {
      narrow_entries_[k] = pair_word(segment.rise, segment.base);
    }
  }
  constants_.entries = constants_.wide ? static_cast<const void*>(wide_entries_.data()) : narrow_entries_.data();
}

void Plan::pack_rows(const FixedNetwork& network) {
  const auto n = static_cast<std::size_t>(network.neurons);
  const std::size_t pairs = (n + 1) / 2, rows = static_cast<std::size_t>(tile_rows);
  row_pairs_ = Aligned<std::int32_t>((n + rows - 1) / rows * rows * pairs);
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t* row = network.weights.data() + i * n;
    for (std::size_t p = 0; p < pairs; ++p) {
      const std::int32_t upper = 2 * p + 1 < n ? row[2 * p + 1] : 0;
      row_pairs_[(i / rows * pairs + p) * rows + i % rows] = pair_word(row[2 * p], upper);
    }
  }
  constants_.row_pairs = row_pairs_.data();
}

void Plan::pack_columns(const FixedNetwork& network) {
  const auto n = static_cast<std::size_t>(network.neurons), lanes = static_cast<std::size_t>(kernels_.lanes);
  columns_ = Aligned<std::int16_t>(n * padded_);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t within = i % lanes, upper = i / lanes % 2;
    const std::size_t place = i / (2 * lanes) * 2 * lanes + within / 4 * 8 + upper * 4 + within % 4;
    for (std::size_t j = 0; j < n; ++j) {
      columns_[j * padded_ + place] = static_cast<std::int16_t>(network.weights[i * n + j]);
    }
  }
  constants_.columns = columns_.data();
}

}  // namespace basin::batch
