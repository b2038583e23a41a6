#include "models/ode/kernels.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

// One copy a vector width, chosen when the program starts. None of them has fused multiply-add: bits stay the same.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define BASIN_VECTOR_WIDTHS __attribute__((target_clones("avx2", "default")))
#else
#define BASIN_VECTOR_WIDTHS
#endif

namespace basin {
namespace {

constexpr std::size_t width = BlockedMatrix::rows_per_block;

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

BASIN_VECTOR_WIDTHS
void multiply_block(const double* block, std::size_t columns, const double* x, const double* start, double* out) {
  double sum[width];
  for (std::size_t k = 0; k < width; ++k) sum[k] = start[k];
  for (std::size_t j = 0; j < columns; ++j) {
    for (std::size_t k = 0; k < width; ++k) sum[k] += block[j * width + k] * x[j];
  }
  for (std::size_t k = 0; k < width; ++k) out[k] = sum[k];
}

}  // namespace

BlockedMatrix::BlockedMatrix(const Matrix& matrix)
    : columns_(static_cast<std::size_t>(matrix.cols())),
      blocks_((static_cast<std::size_t>(matrix.rows()) + width - 1) / width),
      values_(blocks_ * width * columns_, 0.0) {
  for (Index i = 0; i < matrix.rows(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    for (std::size_t j = 0; j < columns_; ++j) {
      values_[(row / width * columns_ + j) * width + row % width] = matrix(i, static_cast<Index>(j));
    }
  }
}

void BlockedMatrix::multiply(const double* x, const double* start, double* out) const {
  for (std::size_t b = 0; b < blocks_; ++b) {
    multiply_block(values_.data() + b * width * columns_, columns_, x, start + b * width, out + b * width);
  }
}

void tanh_in_place(double* values, std::size_t count) { tanh_loop(values, count); }

}  // namespace basin
