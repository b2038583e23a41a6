#pragma once

#include <cstddef>

#include "models/ode/ensemble_kernel.hpp"

// The loops over a panel, written once over `Lanes`: a vector of cues with load, store, broadcast, fma and so on.
// Included by the files of the instruction sets alone. Nothing here may be instantiated by two of them with the same
// name: every function is a member of a template over that file's own Lanes, and none of the standard library's is
// called.
namespace basin {

/// tanh in single precision: x P(x²)/Q(x²), a minimax fit on |x| ≤ 9.02 (Lawson iteration, 2.1e-8 relative before
/// rounding). Within 5 units of the last place (3e-7 of the value), and |tanh| ≤ 1.
template <class L>
inline L tanh_single(L x) {
  const L limit = L::broadcast(9.02F);
  x = min(limit, max(-limit, x));
  const L s = x * x;
  L p = L::broadcast(1.3318953084018007e-08F);
  p = fma(p, s, L::broadcast(2.0583393397080305e-05F));
  p = fma(p, s, L::broadcast(0.0034940291908602114F));
  p = fma(p, s, L::broadcast(0.13379713433993565F));
  p = fma(p, s, L::broadcast(0.9999999790282983F));
  L q = L::broadcast(7.761970088014889e-07F);
  q = fma(q, s, L::broadcast(0.0003283084065785256F));
  q = fma(q, s, L::broadcast(0.025871052803676388F));
  q = fma(q, s, L::broadcast(0.46713028677929236F));
  q = fma(q, s, L::broadcast(1.0F));
  const L one = L::broadcast(1.0F);
  return min(one, max(-one, x * p / q));
}

/// tanh in double precision: e/(e + 2) with e = exp(2|x|) − 1 = 2^k (e^r − 1) + (2^k − 1). Within 4 units of the last
/// place.
template <class L>
inline L tanh_double(L x) {
  const L size = min(L::broadcast(20.0), absolute(x));
  const L twice = size + size;
  const L shifter = L::broadcast(0x1.8p52);  // adding it rounds to an integer, held in the low bits
  const L shifted = fma(twice, L::broadcast(0x1.71547652b82fep0), shifter);
  const L k = shifted - shifter;
  const L r = fma(k, L::broadcast(-0x1.cf79abc9e3b3ap-40), fma(k, L::broadcast(-0x1.62e42fefa0000p-1), twice));
  const L power = power_of_two(shifted);
  constexpr double factorials[] = {479001600.0, 39916800.0, 3628800.0, 362880.0, 40320.0, 5040.0,
                                   720.0,       120.0,      24.0,      6.0,      2.0};
  L p = L::broadcast(1.0 / 6227020800.0);  // Taylor to r^13: the rest is below 2e-17 of r
#pragma GCC unroll 11
  for (const double factorial : factorials) p = fma(p, r, L::broadcast(1.0 / factorial));
  const L q = fma(p * r, r, r);
  const L e = fma(power, q, power - L::broadcast(1.0));
  return copy_sign(e / (e + L::broadcast(2.0)), x);
}

template <class L>
inline L panel_tanh(L x) {
  if constexpr (sizeof(typename L::Real) == sizeof(float)) return tanh_single(x);
  else return tanh_double(x);
}

/// The functions of PanelKernel for tiles of `block` rows × `vectors` vectors of cues.
template <class L, int block, int vectors>
struct PanelTile {
  using Real = typename L::Real;
  static constexpr std::size_t width = L::width;
  static constexpr std::size_t lanes = static_cast<std::size_t>(vectors) * width;
  static constexpr std::size_t tile = static_cast<std::size_t>(block) * lanes;

  /// out = start + rows · v for one block of rows; `start` null: 0.
  static inline void multiply(const Real* rows, const Real* v, std::size_t columns, const Real* start, Real* out) {
    L sum[block][vectors];
#pragma GCC unroll 16
    for (int r = 0; r < block; ++r) {
#pragma GCC unroll 4
      for (int x = 0; x < vectors; ++x) {
        const std::size_t at = static_cast<std::size_t>(r) * lanes + static_cast<std::size_t>(x) * width;
        sum[r][x] = start != nullptr ? L::load(start + at) : L::broadcast(Real{0});
      }
    }
    for (std::size_t j = 0; j < columns; ++j, v += lanes, rows += block) {
      L column[vectors];
#pragma GCC unroll 4
      for (int x = 0; x < vectors; ++x) column[x] = L::load(v + static_cast<std::size_t>(x) * width);
#pragma GCC unroll 16
      for (int r = 0; r < block; ++r) {
        const L weight = L::broadcast(rows[r]);
#pragma GCC unroll 4
        for (int x = 0; x < vectors; ++x) sum[r][x] = fma(weight, column[x], sum[r][x]);
      }
    }
#pragma GCC unroll 16
    for (int r = 0; r < block; ++r) {
#pragma GCC unroll 4
      for (int x = 0; x < vectors; ++x) {
        sum[r][x].store(out + static_cast<std::size_t>(r) * lanes + static_cast<std::size_t>(x) * width);
      }
    }
  }

  static void product(const PackedMatrix<Real>& a, const Real* v, Real* out) {
    for (std::size_t row = 0; row < a.rows; row += block) {
      multiply(a.values + row * a.columns, v, a.columns, nullptr, out + row * lanes);
    }
  }

  static void activate(PanelActivation activation, Real* values, std::size_t count) {
    const L one = L::broadcast(Real{1});
    switch (activation) {
      case PanelActivation::tanh:
        for (std::size_t i = 0; i < count; i += width) panel_tanh(L::load(values + i)).store(values + i);
        return;
      case PanelActivation::algebraic:
        for (std::size_t i = 0; i < count; i += width) {
          const L z = L::load(values + i);
          (z / square_root(fma(z, z, one))).store(values + i);
        }
        return;
      case PanelActivation::clipped_linear:
        for (std::size_t i = 0; i < count; i += width) min(one, max(-one, L::load(values + i))).store(values + i);
        return;
      case PanelActivation::external: return;
    }
  }

  /// u̇ of one vector of cues of neuron `i` from the sum in `sums`, stored; max |τu̇| so far in `residual`.
  static inline L derivative(const PanelNeurons<Real>& neurons, const PanelStage<Real>& stage, const Real* sums,
                             std::size_t i, std::size_t at, L& residual) {
    L slope = fma(L::broadcast(-neurons.rate[i]), L::load(stage.y + at), L::load(sums));
    if (neurons.diagonal != nullptr) slope = fma(L::broadcast(neurons.diagonal[i]), L::load(stage.outputs + at), slope);
    slope.store(stage.slope + at);
    if (stage.residual != nullptr) residual = max(residual, absolute(L::broadcast(neurons.tau[i]) * slope));
    return slope;
  }

  template <int terms>
  static inline L combination(const PanelStage<Real>& stage, L slope, std::size_t at) {
    L sum = L::broadcast(stage.own) * slope;
#pragma GCC unroll 5
    for (int t = 0; t < terms; ++t) {
      sum = fma(L::broadcast(stage.earlier[t].coefficient), L::load(stage.earlier[t].slope + at), sum);
    }
    return sum;
  }

  template <int terms>
  static void advance_terms(const PackedMatrix<Real>& a, const PanelNeurons<Real>& neurons,
                            const PanelStage<Real>& stage) {
    alignas(64) Real sums[tile];
    for (std::size_t row = 0; row < a.rows; row += block) {
      multiply(a.values + row * a.columns, stage.factor_in, a.columns, stage.constant + row * lanes, sums);
      for (std::size_t x = 0; x < lanes; x += width) {
        const L h = L::load(stage.h + x);
        L residual = stage.residual != nullptr ? L::load(stage.residual + x) : h;
        for (std::size_t r = 0; r < block; ++r) {
          const std::size_t at = (row + r) * lanes + x;
          const L slope = derivative(neurons, stage, sums + r * lanes + x, row + r, at, residual);
          const L next = fma(h, combination<terms>(stage, slope, at), L::load(stage.u + at));
          next.store(stage.next + at);
          (L::broadcast(neurons.gain[row + r]) * next).store(stage.next_outputs + at);
        }
        if (stage.residual != nullptr) residual.store(stage.residual + x);
      }
      activate(neurons.activation, stage.next_outputs + row * lanes, tile);
    }
  }

  static void advance(const PackedMatrix<Real>& a, const PanelNeurons<Real>& neurons, const PanelStage<Real>& stage) {
    switch (stage.terms) {
      case 0: return advance_terms<0>(a, neurons, stage);
      case 1: return advance_terms<1>(a, neurons, stage);
      case 2: return advance_terms<2>(a, neurons, stage);
      case 3: return advance_terms<3>(a, neurons, stage);
      default: return advance_terms<4>(a, neurons, stage);
    }
  }

  static void measure(const PackedMatrix<Real>& a, const PanelNeurons<Real>& neurons, const PanelStage<Real>& stage) {
    alignas(64) Real sums[tile];
    const L rtol = L::broadcast(stage.rtol);
    const L atol = L::broadcast(stage.atol);
    for (std::size_t row = 0; row < a.rows; row += block) {
      multiply(a.values + row * a.columns, stage.factor_in, a.columns, stage.constant + row * lanes, sums);
      for (std::size_t x = 0; x < lanes; x += width) {
        const L h = L::load(stage.h + x);
        L residual = L::load(stage.residual + x);
        L error = L::load(stage.error + x);
        for (std::size_t r = 0; r < block; ++r) {
          const std::size_t at = (row + r) * lanes + x;
          const L slope = derivative(neurons, stage, sums + r * lanes + x, row + r, at, residual);
          const L size = absolute(L::load(stage.u + at)) + absolute(h * L::load(stage.first + at));
          error = max(error, absolute(h * combination<5>(stage, slope, at)) / fma(rtol, size, atol));
        }
        residual.store(stage.residual + x);
        error.store(stage.error + x);
      }
    }
  }

  static void start(const PanelNeurons<Real>& neurons, const PanelStart<Real>& step) {
    const L coefficient = L::broadcast(step.coefficient);
    for (std::size_t row = 0; row < neurons.rows; ++row) {
      const L gain = L::broadcast(neurons.gain[row]);
      for (std::size_t x = 0; x < lanes; x += width) {
        const std::size_t at = row * lanes + x;
        const L accepted = L::load(step.accepted + x);
        const L u = select(accepted, L::load(step.y + at), L::load(step.u + at));
        const L slope = select(accepted, L::load(step.new_slope + at), L::load(step.slope + at));
        u.store(step.u + at);
        slope.store(step.slope + at);
        const L y = fma(L::load(step.h + x) * coefficient, slope, u);
        y.store(step.y + at);
        (gain * y).store(step.outputs + at);
      }
      activate(neurons.activation, step.outputs + row * lanes, lanes);
    }
  }

  static constexpr PanelKernel<Real> kernel() {
    return {lanes, static_cast<std::size_t>(block), product, advance, measure, start, activate};
  }
};

}  // namespace basin
