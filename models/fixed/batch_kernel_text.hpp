// The text of the batched golden model's loops. Included by each batch_kernels_*.cpp after it has defined, in an unnamed
// namespace, struct Simd: `Vector` of `lanes` 32-bit words; load, store, broadcast; dot(sum, a, b), which adds to each word
// of `sum` the two products of the signed halves of a and b, modulo 2^32; and low/high, which interleave the 16-bit words of
// two vectors inside each 128 bits. Everything here is in that namespace, so that no code made for one vector unit is
// linked into another.
#include <cstdint>

#include "models/fixed/batch_kernels.hpp"

namespace basin::batch {
namespace {

/// The constants of a step, lanes wide.
template <class Lane>
struct Scalars {
  explicit Scalars(const Constants& c)
      : low(static_cast<Lane>(c.low)), high(static_cast<Lane>(c.high)), threshold(static_cast<Lane>(c.threshold)),
        half(static_cast<Lane>(c.segment_half)), last(static_cast<Lane>(c.last_segment)),
        domain(static_cast<Lane>(c.domain)),
        end(static_cast<Lane>(c.position_end)), left(c.left), right(c.right), floor_shift(least(c.round)),
        half_shift(least(c.round - 1)), segment_shift(c.segment_shift), entries(static_cast<const Lane*>(c.entries)) {}

  static constexpr int bits = 8 * sizeof(Lane);
  /// Shifting by a lane's width or more gives the sign alone.
  static int least(int shift) { return shift < bits - 1 ? shift : bits - 1; }

  Lane low, high, threshold, half, last, domain, end;
  int left, right, floor_shift, half_shift, segment_shift;
  const Lane* entries;
};

template <class Lane>
inline Lane smaller(Lane a, Lane b) { return a < b ? a : b; }
template <class Lane>
inline Lane larger(Lane a, Lane b) { return a > b ? a : b; }

/// V (docs/arithmetic.md §4).
template <class Lane, bool odd, bool gain>
inline std::int32_t activated(const Scalars<Lane>& k, Lane u, std::int32_t factor, std::int32_t shift, std::int32_t table) {
  Lane a = u;
  if constexpr (gain) a = (u * factor + (Lane{1} << (shift - 1))) >> shift;
  Lane p;
  if constexpr (odd) {
    p = smaller<Lane>(a < 0 ? -a : a, k.end);
  } else {
    p = smaller<Lane>(larger<Lane>(a + k.domain, 0), k.end);
  }
  const Lane c = smaller<Lane>(p >> k.segment_shift, k.last);
  const Lane t = p - (c << k.segment_shift);
  const Lane entry = k.entries[static_cast<std::int32_t>(table + c)];
  constexpr int half = Scalars<Lane>::bits / 2;
  const Lane rise = static_cast<Lane>(entry << half) >> half;
  const Lane y = (entry >> half) + ((rise * t + k.half) >> k.segment_shift);
  return static_cast<std::int32_t>(odd && a < 0 ? -y : y);
}

/// u after the step, f, and the flags (§3.2–3.9). A step of order 1 is one of order 2 whose previous f is its own: 3f − f =
/// 2f, rounded by one bit more, is f rounded by r.
template <class Lane, bool tau>
inline std::int32_t updated(const Scalars<Lane>& k, Lane n, Lane u, std::int32_t fresh, std::int32_t factor, Lane& f,
                            std::int32_t& flags) {
  const Lane now = (n << k.left) - (u << k.right);
  const Lane before = fresh != 0 ? now : f;
  f = now;
  Lane x = 3 * now - before;
  if constexpr (tau) x *= factor;
  // floor(x/2^r + ½) without a carry out of the lane: the bit below the point is added.
  const Lane exact = u + (x >> k.floor_shift) + ((x >> k.half_shift) & 1);
  const Lane kept = smaller<Lane>(larger<Lane>(exact, k.low), k.high);
  const Lane moved = kept > u ? kept - u : u - kept;
  flags = (moved > k.threshold ? flag_moved : 0) | (kept != exact ? flag_overflow : 0);
  return static_cast<std::int32_t>(kept);
}

/// One neuron of every cue.
template <class Lane, bool odd, bool gain, bool tau>
void update_row(const Constants& constants, const Scalars<Lane> k, int i, int cues, const std::int32_t* __restrict dot,
                const std::int32_t* __restrict bias, const std::int32_t* __restrict held, const std::int32_t* __restrict fresh,
                std::int32_t* __restrict state, Lane* __restrict difference, std::int32_t* __restrict flags, std::int32_t* __restrict output) {
  const std::int32_t tau_factor = tau ? constants.tau_factor[i] : 0;
  const std::int32_t factor = gain ? constants.gain_factor[i] : 0;
  const std::int32_t shift = gain ? constants.gain_shift[i] : 0;
  const std::int32_t table = constants.table_offset[i];
#pragma GCC ivdep   // the table that is looked up is written by nobody
  for (int c = 0; c < cues; ++c) {
    const Lane u = state[c];
    std::int32_t flag = 0;
    Lane f = difference[c];
    const std::int32_t next = updated<Lane, tau>(k, static_cast<Lane>(dot[c]) + bias[c], u, fresh[c], tau_factor, f, flag);
    difference[c] = f;
    const std::int32_t kept = held[c] != 0 ? state[c] : next;
    state[c] = kept;
    flags[c] |= flag & ~held[c];
    output[c] = activated<Lane, odd, gain>(k, static_cast<Lane>(kept), factor, shift, table);
  }
}

/// Σ W V of tile_rows rows for `vectors` vectors of cues: every weight loaded serves all of them.
template <int vectors>
inline void dot_tile(const std::int32_t* __restrict weights, const std::int32_t* __restrict output, int pairs,
                     std::int32_t* __restrict dots) {
  typename Simd::Vector sum[tile_rows][vectors];
  for (auto& row : sum) {
    for (auto& one : row) one = Simd::broadcast(0);
  }
  for (int p = 0; p < pairs; ++p) {
    typename Simd::Vector v[vectors];
    for (int b = 0; b < vectors; ++b) v[b] = Simd::load(output + p * block_width + b * Simd::lanes);
    for (int r = 0; r < tile_rows; ++r) {
      const auto w = Simd::broadcast(weights[p * tile_rows + r]);
      for (int b = 0; b < vectors; ++b) sum[r][b] = Simd::dot(sum[r][b], v[b], w);
    }
  }
  for (int r = 0; r < tile_rows; ++r) {
    for (int b = 0; b < vectors; ++b) Simd::store(dots + r * block_width + b * Simd::lanes, sum[r][b]);
  }
}

inline void dot_rows(const std::int32_t* weights, const std::int32_t* output, int pairs, int cues, std::int32_t* dots) {
  constexpr int wide = Simd::tile_vectors;
  int c = 0;
  for (; c + wide * Simd::lanes <= cues; c += wide * Simd::lanes) dot_tile<wide>(weights, output + c, pairs, dots + c);
  for (; c < cues; c += Simd::lanes) dot_tile<1>(weights, output + c, pairs, dots + c);
}

template <class Lane, bool odd, bool gain, bool tau>
void step_block(const Constants& constants, Block& block) {
  const Scalars<Lane> k(constants);
  const int n = constants.neurons, pairs = (n + 1) / 2;
  const int cues = (block.cues + block_grain - 1) / block_grain * block_grain;
  auto* difference = static_cast<Lane*>(block.difference);
  alignas(64) std::int32_t dots[tile_rows * block_width];
  alignas(64) std::int32_t biases[block_width];
  alignas(64) const std::int32_t none_held[block_width] = {};
  alignas(64) std::int32_t outputs[tile_rows][block_width] = {};
  for (int c = 0; c < cues; ++c) block.flags[c] = 0;
  for (int first = 0; first < n; first += tile_rows) {
    dot_rows(constants.row_pairs + static_cast<std::int64_t>(first) * pairs, block.output, pairs, cues, dots);
    for (int r = 0; r < tile_rows; ++r) {
      const int i = first + r;
      if (i >= n) {
        for (int c = 0; c < cues; ++c) outputs[r][c] = 0;
        continue;
      }
      const std::int32_t* bias = block.bias != nullptr ? block.bias + i * block_width : biases;
      if (block.bias == nullptr) {
        for (int c = 0; c < cues; ++c) biases[c] = constants.bias[i];
      }
      const std::int32_t* held = block.held != nullptr ? block.held + i * block_width : none_held;
      update_row<Lane, odd, gain, tau>(constants, k, i, cues, dots + r * block_width, bias, held, block.fresh,
                                       block.state + i * block_width, difference + i * block_width, block.flags, outputs[r]);
    }
    for (int r = 0; r < tile_rows && first + r < n; r += 2) {
      std::int32_t* words = block.next_output + (first + r) / 2 * block_width;
      for (int c = 0; c < cues; ++c) words[c] = (outputs[r][c] & 0xffff) | static_cast<std::int32_t>(outputs[r + 1][c] << 16);
    }
  }
}

/// Adds the changed columns, two at a time, to `vectors`/2 pieces of the sums.
template <int vectors>
inline void add_columns(const Constants& constants, const Single& single, std::int64_t stride, int first) {
  typename Simd::Vector sum[vectors];
  std::int32_t* at = single.sum + first;
  for (int b = 0; b < vectors; ++b) sum[b] = Simd::load(at + b * Simd::lanes);
  for (int p = 0; p < single.changes; p += 2) {
    const bool both = p + 1 < single.changes;
    const std::int16_t* one = constants.columns + single.changed[p] * stride + first;
    const std::int16_t* other = constants.columns + single.changed[both ? p + 1 : p] * stride + first;
    const std::int32_t upper = both ? single.change[p + 1] : 0;
    const auto change = Simd::broadcast((single.change[p] & 0xffff) | static_cast<std::int32_t>(upper << 16));
    for (int b = 0; b < vectors; b += 2) {
      const auto x = Simd::load(one + b * Simd::lanes), y = Simd::load(other + b * Simd::lanes);
      sum[b] = Simd::dot(sum[b], Simd::low(x, y), change);
      sum[b + 1] = Simd::dot(sum[b + 1], Simd::high(x, y), change);
    }
  }
  for (int b = 0; b < vectors; ++b) Simd::store(at + b * Simd::lanes, sum[b]);
}

template <class Lane, bool odd, bool gain, bool tau>
std::int32_t update_all(const Constants& constants, const Scalars<Lane> k, int n, std::int32_t fresh,
                        const std::int32_t* __restrict sum, const std::int32_t* __restrict bias,
                        const std::int32_t* __restrict held,
                        std::int32_t* __restrict state, Lane* __restrict difference, const std::int32_t* __restrict output,
                        std::int32_t* __restrict next) {
  const std::int32_t* __restrict tau_factor = constants.tau_factor;
  const std::int32_t* __restrict factor = constants.gain_factor;
  const std::int32_t* __restrict shift = constants.gain_shift;
  const std::int32_t* __restrict table = constants.table_offset;
  std::int32_t flags = 0;
#pragma GCC ivdep   // the table that is looked up is written by nobody
  for (int i = 0; i < n; ++i) {
    const Lane u = state[i];
    std::int32_t flag = 0;
    Lane f = difference[i];
    const std::int32_t went =
        updated<Lane, tau>(k, static_cast<Lane>(sum[i]) + bias[i], u, fresh, tau ? tau_factor[i] : 0, f, flag);
    difference[i] = f;
    const std::int32_t kept = held[i] != 0 ? state[i] : went;
    state[i] = kept;
    flags |= flag & ~held[i];
    next[i] = activated<Lane, odd, gain>(k, static_cast<Lane>(kept), gain ? factor[i] : 0, gain ? shift[i] : 0, table[i]) -
              output[i];
  }
  return flags;
}

template <class Lane, bool odd, bool gain, bool tau>
void step_single(const Constants& constants, Single& single) {
  const int n = constants.neurons;
  const int padded = (n + neuron_grain - 1) / neuron_grain * neuron_grain;
  constexpr int wide = 8;
  int first = 0;
  for (; first + wide * Simd::lanes <= padded; first += wide * Simd::lanes) {
    add_columns<wide>(constants, single, padded, first);
  }
  for (; first < padded; first += 2 * Simd::lanes) add_columns<2>(constants, single, padded, first);
  // The differences of the outputs go where the list of changes will be: its k-th entry never overtakes neuron k.
  single.flags = update_all<Lane, odd, gain, tau>(constants, Scalars<Lane>(constants), n, single.fresh, single.sum,
                                                  single.bias, single.held, single.state, static_cast<Lane*>(single.difference),
                                                  single.output, single.change);
  int changes = 0;
  for (int i = 0; i < n; ++i) {
    const std::int32_t change = single.change[i];
    single.output[i] += change;
    single.changed[changes] = i;
    single.change[changes] = change;
    changes += change != 0 ? 1 : 0;
  }
  single.changes = changes;
}

struct Yes {
  static constexpr bool value = true;
};
struct No {
  static constexpr bool value = false;
};

/// Calls `action` with the network's features as types.
template <class Action>
inline void for_features(const Constants& c, Action action) {
  constexpr Yes yes;
  constexpr No no;
  const auto with_tau = [&](auto lane, auto odd, auto gain) {
    c.tau ? action(lane, odd, gain, yes) : action(lane, odd, gain, no);
  };
  const auto with_gain = [&](auto lane, auto odd) { c.gain ? with_tau(lane, odd, yes) : with_tau(lane, odd, no); };
  const auto with_odd = [&](auto lane) { c.odd ? with_gain(lane, yes) : with_gain(lane, no); };
  c.wide ? with_odd(std::int64_t{}) : with_odd(std::int32_t{});
}

void step_block_of(const Constants& constants, Block& block) {
  for_features(constants, [&](auto lane, auto odd, auto gain, auto tau) {
    step_block<decltype(lane), decltype(odd)::value, decltype(gain)::value, decltype(tau)::value>(constants, block);
  });
}

void step_single_of(const Constants& constants, Single& single) {
  for_features(constants, [&](auto lane, auto odd, auto gain, auto tau) {
    step_single<decltype(lane), decltype(odd)::value, decltype(gain)::value, decltype(tau)::value>(constants, single);
  });
}

}  // namespace
}  // namespace basin::batch
