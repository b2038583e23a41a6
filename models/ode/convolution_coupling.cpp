#include "models/ode/convolution_coupling.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "models/ode/simd.hpp"

namespace basin {
namespace {

BASIN_VECTOR_WIDTHS void add_scaled(double weight, const double* __restrict v, std::size_t count, double* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) out[i] += weight * v[i];
}
BASIN_VECTOR_WIDTHS void add_scaled(float weight, const float* __restrict v, std::size_t count, float* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) out[i] += weight * v[i];
}

/// Targets along an axis of `length` whose source at `offset` lies on it: from `first`, `count` of them.
std::pair<Index, Index> overlap(Index length, Index offset) {
  return {std::max<Index>(0, -offset), std::max<Index>(0, length - std::abs(offset))};
}

/// The stencil that row `row` of W would belong to; offsets are read from the row itself.
bool add_row(const Matrix& weights, Index row, Index width, std::map<std::pair<Index, Index>, double>& found) {
  for (Index j = 0; j < weights.cols(); ++j) {
    if (weights(row, j) == 0.0) continue;
    const auto [place, is_new] =
        found.try_emplace({j / width - row / width, j % width - row % width}, weights(row, j));
    if (!is_new && place->second != weights(row, j)) return false;
  }
  return true;
}

std::optional<Stencil> stencil_on(const Matrix& weights, Index width, Index entries) {
  std::map<std::pair<Index, Index>, double> found;
  for (Index i = 0; i < weights.rows(); ++i) {
    if (!add_row(weights, i, width, found)) return std::nullopt;
  }
  Stencil stencil{weights.rows() / width, width, {}};
  Index expected = 0;   // every offset must be there for every neuron whose source is on the grid
  for (const auto& [offset, weight] : found) {
    expected += overlap(stencil.height, offset.first).second * overlap(width, offset.second).second;
    stencil.weights.push_back({offset.first, offset.second, weight});
  }
  if (expected != entries) return std::nullopt;
  return stencil;
}

}  // namespace

std::optional<Stencil> find_stencil(const Matrix& weights) {
  const Index entries = (weights.array() != 0.0).count();
  if (entries == 0) return std::nullopt;
  for (Index height = 1; height <= weights.rows(); ++height) {
    if (weights.rows() % height != 0) continue;
    if (auto stencil = stencil_on(weights, weights.rows() / height, entries)) return stencil;
  }
  return std::nullopt;
}

template <class Real>
ConvolutionCoupling<Real>::ConvolutionCoupling(const Stencil& stencil) : stencil_(stencil) {}

template <class Real>
void ConvolutionCoupling<Real>::multiply(const Real* v, const Real* start, Real* out) {
  std::copy_n(start, padded_size<Real>(size()), out);
  for (const StencilWeight& tap : stencil_.weights) {
    const auto [top, rows] = overlap(stencil_.height, tap.down);
    const auto [left, columns] = overlap(stencil_.width, tap.right);
    for (Index r = top; r < top + rows; ++r) {
      const Index target = r * stencil_.width + left;
      const Index source = (r + tap.down) * stencil_.width + left + tap.right;
      add_scaled(static_cast<Real>(tap.weight), v + source, static_cast<std::size_t>(columns), out + target);
    }
  }
}

template <class Real>
double ConvolutionCoupling<Real>::cost(const Stencil& stencil) {
  const double call = 4.0;  // nanoseconds
  return static_cast<double>(stencil.weights.size()) * static_cast<double>(stencil.height) *
         (call + 0.1 * static_cast<double>(stencil.width));
}

template class ConvolutionCoupling<double>;
template class ConvolutionCoupling<float>;

}  // namespace basin
