#include "models/ode/dense_coupling.hpp"

#include <algorithm>

#include "models/ode/simd.hpp"

namespace basin {
namespace {

constexpr std::size_t tall = 8;  // vectors a block of rows: as many as hide the wait for an addition

/// One block of `Height` vectors of rows, all columns.
template <std::size_t Height, class Real>
BASIN_INLINE const Real* add_block(const Real* block, std::size_t columns, const Real* __restrict v,
                                   Real* __restrict out) {
  using Lane = typename Lanes<Real>::type;
  Lane sums[Height];
  for (std::size_t b = 0; b < Height; ++b) sums[b] = reinterpret_cast<const Lane*>(out)[b];
  for (std::size_t j = 0; j < columns; ++j, block += Height * Lanes<Real>::count) {
    for (std::size_t b = 0; b < Height; ++b) sums[b] += reinterpret_cast<const Lane*>(block)[b] * v[j];
  }
  for (std::size_t b = 0; b < Height; ++b) reinterpret_cast<Lane*>(out)[b] = sums[b];
  return block;
}

template <class Real>
BASIN_INLINE void add_blocks(const Real* block, std::size_t rows, const Real* v, Real* out) {
  constexpr std::size_t step = tall * Lanes<Real>::count;
  std::size_t i = 0;
  for (; i + step <= rows; i += step) block = add_block<tall>(block, rows, v, out + i);
  for (; i < rows; i += Lanes<Real>::count) block = add_block<1>(block, rows, v, out + i);
}

BASIN_VECTOR_WIDTHS void multiply_blocks(const double* blocks, std::size_t rows, const double* v, double* out) {
  add_blocks(blocks, rows, v, out);
}
BASIN_VECTOR_WIDTHS void multiply_blocks(const float* blocks, std::size_t rows, const float* v, float* out) {
  add_blocks(blocks, rows, v, out);
}

}  // namespace

template <class Real>
DenseCoupling<Real>::DenseCoupling(const Matrix& weights) : size_(static_cast<std::size_t>(weights.rows())) {
  constexpr std::size_t width = Lanes<Real>::count;
  const std::size_t rows = padded_size<Real>(size_);
  blocks_.reserve(rows * rows);
  for (std::size_t i = 0; i < rows;) {
    const std::size_t height = i + tall * width <= rows ? tall * width : width;
    for (std::size_t c = 0; c < rows; ++c) {
      for (std::size_t r = i; r < i + height; ++r) {
        const bool inside = r < size_ && c < size_;
        blocks_.push_back(inside ? static_cast<Real>(weights(static_cast<Index>(r), static_cast<Index>(c))) : Real{0});
      }
    }
    i += height;
  }
}

template <class Real>
void DenseCoupling<Real>::multiply(const Real* v, const Real* start, Real* out) {
  const std::size_t rows = padded_size<Real>(size_);
  std::copy_n(start, rows, out);
  multiply_blocks(blocks_.data(), rows, v, out);
}

template class DenseCoupling<double>;
template class DenseCoupling<float>;

}  // namespace basin
