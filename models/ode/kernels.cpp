#include "models/ode/kernels.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

#include "models/ode/simd.hpp"

namespace basin {
namespace {

/// 2^k − 1 and e^r − 1 put together: e^x − 1 = 2^k (e^r − 1) + (2^k − 1), x = k ln 2 + r, |r| ≤ ln 2 / 2, 0 ≤ x ≤ 40.
inline double exp_minus_one(double x) {
  constexpr double shifter = 0x1.8p52;  // adding it rounds to an integer, held in the low bits
  const double shifted = x * 0x1.71547652b82fep0 + shifter;
  const double k = shifted - shifter;
  const double r = (x - k * 0x1.62e42fefa0000p-1) - k * 0x1.cf79abc9e3b3ap-40;
  const double power = std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023U) << 52U);
  double p = 1.0 / 6227020800.0;  // Taylor to r^13: the rest is below 2e-17 of r
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  const double q = p * r * r + r;
  return power * q + (power - 1.0);
}

BASIN_VECTOR_WIDTHS
void tanh_loop(double* values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const double x = std::abs(values[i]);
    const double e = exp_minus_one(2.0 * (x < 20.0 ? x : 20.0));
    values[i] = std::copysign(e / (e + 2.0), values[i]);
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
    for (std::size_t k = 1; k < Terms; ++k) sum += factor[k] * term[k][i];
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

/// Lane-wise running maximum of |x|; a NaN stays, whatever comes after it.
struct Maximum {
  static constexpr std::size_t lanes = 8;
  double largest[lanes] = {};

  BASIN_INLINE void take(std::size_t lane, double x) {
    const double size = std::abs(x);
    largest[lane] = largest[lane] >= size || largest[lane] != largest[lane] ? largest[lane] : size;
  }
  BASIN_INLINE double all() const {
    Maximum total;
    for (std::size_t lane = 0; lane < lanes; ++lane) total.take(0, largest[lane]);
    return total.largest[0];
  }
};

BASIN_VECTOR_WIDTHS
double error_loop(const double* __restrict error, const double* __restrict u, const double* __restrict dudt, double atol,
                  double rtol, double step, std::size_t count) {
  Maximum maximum;
  const auto ratio = [&](std::size_t i) {
    return error[i] / (atol + rtol * (std::abs(u[i]) + step * std::abs(dudt[i])));
  };
  std::size_t i = 0;
  for (; i + Maximum::lanes <= count; i += Maximum::lanes) {
    for (std::size_t lane = 0; lane < Maximum::lanes; ++lane) maximum.take(lane, ratio(i + lane));
  }
  for (; i < count; ++i) maximum.take(0, ratio(i));
  return maximum.all();
}

BASIN_VECTOR_WIDTHS
double product_loop(const double* __restrict factor, const double* __restrict values, std::size_t count) {
  Maximum maximum;
  std::size_t i = 0;
  for (; i + Maximum::lanes <= count; i += Maximum::lanes) {
    for (std::size_t lane = 0; lane < Maximum::lanes; ++lane) maximum.take(lane, factor[i + lane] * values[i + lane]);
  }
  for (; i < count; ++i) maximum.take(0, factor[i] * values[i]);
  return maximum.all();
}

BASIN_VECTOR_WIDTHS
void input_loop(const double* __restrict gain, const double* __restrict u, const double* __restrict offset,
                std::size_t count, double* __restrict z) {
  for (std::size_t i = 0; i < count; ++i) z[i] = gain[i] * u[i] - offset[i];
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

void tanh_in_place(double* values, std::size_t count) { tanh_loop(values, count); }

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

double largest_product(const double* factor, const double* values, std::size_t count) {
  return product_loop(factor, values, count);
}

}  // namespace basin
