#include "models/ode/kernels.hpp"

#include <algorithm>
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

constexpr std::size_t columns_at_once = 8;
constexpr std::size_t row_multiple = 8;

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
void add_columns(const double* __restrict columns, std::size_t rows, const double* x, double* __restrict out) {
  for (std::size_t i = 0; i < rows; ++i) {
    double sum = out[i];
    for (std::size_t j = 0; j < columns_at_once; ++j) sum += columns[j * rows + i] * x[j];
    out[i] = sum;
  }
}

std::size_t padded(Index count, std::size_t multiple) {
  return (static_cast<std::size_t>(count) + multiple - 1) / multiple * multiple;
}

}  // namespace

ColumnMatrix::ColumnMatrix(const Matrix& matrix)
    : columns_(padded(matrix.cols(), columns_at_once)),
      rows_(padded(matrix.rows(), row_multiple)),
      values_(rows_ * columns_, 0.0) {
  for (Index i = 0; i < matrix.rows(); ++i) {
    for (Index j = 0; j < matrix.cols(); ++j) {
      values_[static_cast<std::size_t>(j) * rows_ + static_cast<std::size_t>(i)] = matrix(i, j);
    }
  }
}

void ColumnMatrix::multiply(const double* x, const double* start, double* out) const {
  std::copy_n(start, rows_, out);
  for (std::size_t j = 0; j < columns_; j += columns_at_once) add_columns(values_.data() + j * rows_, rows_, x + j, out);
}

void tanh_in_place(double* values, std::size_t count) { tanh_loop(values, count); }

}  // namespace basin
