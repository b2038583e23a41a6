#include "models/ode/kernels.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "models/ode/simd.hpp"

namespace basin {
namespace {

/// tanh of 0 ≤ x ≤ 20: x = k ln 2 / 2 + y with |y| ≤ ln 2 / 4, t = tanh y by the polynomial in y² that interpolates it at
/// the Chebyshev nodes (within 1.6e-17 of y), and tanh x = ((2^k − 1) + t (2^k + 1)) / ((2^k + 1) + t (2^k − 1)), sums of positive terms but for t's sign.
BASIN_INLINE double tanh_of(double x) {
  constexpr double shifter = 0x1.8p52;  // adding it rounds to an integer, held in the low bits
  const double shifted = std::fma(x, 0x1.71547652b82fep1, shifter);
  const double k = shifted - shifter;
  const double y = std::fma(k, -0x1.cf79abc9e3b3ap-41, std::fma(k, -0x1.62e42fefa0000p-2, x));
  const double power = std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023U) << 52U);
  const double z = y * y;
  const double z2 = z * z;
  const double low = std::fma(z, 0x1.111111110675ep-3, -0x1.555555555554cp-2);
  const double middle = std::fma(z, 0x1.664f00dbf50a2p-6, -0x1.ba1ba179abbe8p-5);
  const double high = std::fma(z, 0x1.c6055f8a47df5p-9, -0x1.224a22c256c15p-7);
  const double t = std::fma(y * z, std::fma(z2, std::fma(z2, high, middle), low), y);
  const double less = power - 1.0;
  const double more = power + 1.0;
  return std::fma(t, more, less) / std::fma(t, less, more);
}

BASIN_VECTOR_WIDTHS
void tanh_loop(const double* __restrict gain, const double* __restrict u, const double* __restrict offset,
               std::size_t count, double* __restrict v) {
  for (std::size_t i = 0; i < count; ++i) {
    const double z = std::fma(gain[i], u[i], -offset[i]);
    const double x = std::abs(z);
    v[i] = std::copysign(tanh_of(x < 20.0 ? x : 20.0), z);
  }
}

template <std::size_t Terms>
BASIN_INLINE void combine_loop(const double* f, const double* const* in, std::size_t count, double* out) {
  double factor[Terms];
  const double* term[Terms];
  for (std::size_t k = 0; k < Terms; ++k) factor[k] = f[k], term[k] = in[k];
#pragma GCC ivdep
  for (std::size_t i = 0; i < count; ++i) {
    double sum = factor[0] * term[0][i];
    for (std::size_t k = 1; k < Terms; ++k) sum = std::fma(factor[k], term[k][i], sum);
    out[i] = sum;
  }
}

#define BASIN_COMBINE(Terms)                                                                                    \
  BASIN_VECTOR_WIDTHS void combine##Terms(const double* f, const double* const* in, std::size_t n, double* out) { \
    combine_loop<Terms>(f, in, n, out);                                                                         \
  }
BASIN_COMBINE(2)
BASIN_COMBINE(3)
BASIN_COMBINE(4)
BASIN_COMBINE(5)
BASIN_COMBINE(6)
BASIN_COMBINE(7)
#undef BASIN_COMBINE

/// The bits of |x|: as integers they are ordered like the numbers, and NaN is above all.
BASIN_INLINE std::int64_t size_bits(double x) { return std::bit_cast<std::int64_t>(x) & INT64_MAX; }

BASIN_VECTOR_WIDTHS
double error_loop(const double* __restrict error, const double* __restrict u, const double* __restrict dudt, double atol,
                  double rtol, double step, std::size_t count) {
  std::int64_t largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t size = size_bits(error[i] / std::fma(rtol, std::fma(step, std::abs(dudt[i]), std::abs(u[i])), atol));
    largest = size > largest ? size : largest;
  }
  return std::bit_cast<double>(largest);
}

BASIN_VECTOR_WIDTHS
double product_loop(const double* __restrict factor, const double* __restrict values, std::size_t count) {
  std::int64_t largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t size = size_bits(factor[i] * values[i]);
    largest = size > largest ? size : largest;
  }
  return std::bit_cast<double>(largest);
}

BASIN_VECTOR_WIDTHS
bool finite_loop(const double* values, std::size_t count) {
  std::int64_t largest = 0;
  for (std::size_t i = 0; i < count; ++i) largest = size_bits(values[i]) > largest ? size_bits(values[i]) : largest;
  return largest < std::bit_cast<std::int64_t>(std::numeric_limits<double>::infinity());
}

BASIN_VECTOR_WIDTHS
void input_loop(const double* __restrict gain, const double* __restrict u, const double* __restrict offset,
                std::size_t count, double* __restrict z) {
  for (std::size_t i = 0; i < count; ++i) z[i] = std::fma(gain[i], u[i], -offset[i]);
}

BASIN_VECTOR_WIDTHS
void decay_loop(const double* __restrict drive, const double* __restrict u, const double* __restrict rate,
                std::size_t count, double* __restrict dudt) {
  for (std::size_t i = 0; i < count; ++i) dudt[i] = rate[i] * (drive[i] - u[i]);
}

BASIN_VECTOR_WIDTHS
void scale_loop(double* __restrict values, const double* __restrict factor, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) values[i] *= factor[i];
}

}  // namespace

void tanh_outputs(const double* gain, const double* u, const double* offset, std::size_t count, double* v) {
  tanh_loop(gain, u, offset, count, v);
}

void activation_inputs(const double* gain, const double* u, const double* offset, std::size_t count, double* z) {
  input_loop(gain, u, offset, count, z);
}

void decay_towards(const double* drive, const double* u, const double* rate, std::size_t count, double* dudt) {
  decay_loop(drive, u, rate, count, dudt);
}

void scale(double* values, const double* factor, std::size_t count) { scale_loop(values, factor, count); }

template <std::size_t Terms>
void combine(const std::array<double, Terms>& factors, const std::array<const double*, Terms>& in, std::size_t count,
             double* out) {
  static_assert(Terms >= 2 && Terms <= 7);
  constexpr std::array loops = {&combine2, &combine3, &combine4, &combine5, &combine6, &combine7};
  loops[Terms - 2](factors.data(), in.data(), count, out);
}

template void combine(const std::array<double, 2>&, const std::array<const double*, 2>&, std::size_t, double*);
template void combine(const std::array<double, 3>&, const std::array<const double*, 3>&, std::size_t, double*);
template void combine(const std::array<double, 4>&, const std::array<const double*, 4>&, std::size_t, double*);
template void combine(const std::array<double, 5>&, const std::array<const double*, 5>&, std::size_t, double*);
template void combine(const std::array<double, 6>&, const std::array<const double*, 6>&, std::size_t, double*);
template void combine(const std::array<double, 7>&, const std::array<const double*, 7>&, std::size_t, double*);

double error_norm(const double* error, const double* u, const double* dudt, double atol, double rtol, double step,
                  std::size_t count) {
  return error_loop(error, u, dudt, atol, rtol, step, count);
}

bool all_finite(const double* values, std::size_t count) { return finite_loop(values, count); }

double largest_product(const double* factor, const double* values, std::size_t count) {
  return product_loop(factor, values, count);
}

}  // namespace basin
