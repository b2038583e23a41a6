#include "models/ode/symmetric_coupling.hpp"

#include <algorithm>

#include "models/ode/lane_sums.hpp"
#include "models/ode/simd.hpp"

namespace basin {
namespace {

/// One panel: its columns times their v are added to the rows below, and the transposed block's products to the panel's
/// own rows.
template <class Real>
BASIN_INLINE const Real* add_panel(const Real* block, std::size_t first, std::size_t rows, const Real* __restrict v,
                                   Real* __restrict out) {
  using Lane = typename Lanes<Real>::type;
  constexpr std::size_t width = Lanes<Real>::count;
  Lane own = *reinterpret_cast<const Lane*>(out + first);
  for (std::size_t c = 0; c < width; ++c) own += reinterpret_cast<const Lane*>(block)[c] * v[first + c];
  block += width * width;
  Lane sums[width] = {};
  for (std::size_t i = first + width; i < rows; i += width, block += width * width) {
    Lane below[2] = {*reinterpret_cast<const Lane*>(out + i), Lane{}};  // two sums: half the wait for additions
    const Lane v_below = *reinterpret_cast<const Lane*>(v + i);
    for (std::size_t c = 0; c < width; ++c) {
      // volatile: both products from one load. The compiler would load twice, and loads are what bounds this loop.
      const Lane w = reinterpret_cast<const volatile Lane*>(block)[c];
      below[c % 2] += w * v[first + c];
      sums[c] += w * v_below;
    }
    *reinterpret_cast<Lane*>(out + i) = below[0] + below[1];
  }
  *reinterpret_cast<Lane*>(out + first) = own + lane_sums<Real>(sums);
  return block;
}

BASIN_VECTOR_WIDTHS
void multiply_panels(const double* panels, std::size_t rows, const double* v, double* out) {
  for (std::size_t first = 0; first < rows; first += Lanes<double>::count) panels = add_panel(panels, first, rows, v, out);
}

BASIN_VECTOR_WIDTHS
void multiply_panels(const float* panels, std::size_t rows, const float* v, float* out) {
  for (std::size_t first = 0; first < rows; first += Lanes<float>::count) panels = add_panel(panels, first, rows, v, out);
}

}  // namespace

template <class Real>
SymmetricCoupling<Real>::SymmetricCoupling(const Matrix& weights) : size_(static_cast<std::size_t>(weights.rows())) {
  constexpr std::size_t width = Lanes<Real>::count;
  const std::size_t rows = padded_size<Real>(size_);
  const std::size_t blocks = rows / width;
  panels_.reserve(blocks * (blocks + 1) / 2 * width * width);
  for (std::size_t first = 0; first < rows; first += width) {
    for (std::size_t i = first; i < rows; i += width) {
      for (std::size_t c = first; c < first + width; ++c) {
        for (std::size_t r = i; r < i + width; ++r) {
          const bool inside = r < size_ && c < size_;
          panels_.push_back(inside ? static_cast<Real>(weights(static_cast<Index>(r), static_cast<Index>(c))) : Real{0});
        }
      }
    }
  }
}

template <class Real>
void SymmetricCoupling<Real>::multiply(const Real* v, const Real* start, Real* out) {
  const std::size_t rows = padded_size<Real>(size_);
  std::copy_n(start, rows, out);
  multiply_panels(panels_.data(), rows, v, out);
}

template class SymmetricCoupling<double>;
template class SymmetricCoupling<float>;

}  // namespace basin
