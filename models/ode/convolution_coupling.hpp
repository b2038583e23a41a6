#pragma once

#include <optional>
#include <vector>

#include "models/design/types.hpp"
#include "models/ode/aligned.hpp"

namespace basin {

/// One weight of a stencil: neuron (r, c) hears neuron (r + down, c + right) with it, where there is one.
struct StencilWeight {
  Index down;
  Index right;
  double weight;
};

/// Neurons on a grid, row after row, that all hear their surroundings alike (a cellular network, Chua & Yang 1988).
struct Stencil {
  Index height;
  Index width;
  std::vector<StencilWeight> weights;   // by rising `down`, then `right`
};

/// The stencil that W is, with no wrap at the edges, on the widest grid on which it is one; empty when it is none.
std::optional<Stencil> find_stencil(const Matrix& weights);

/// W v as a two-dimensional convolution.
template <class Real>
class ConvolutionCoupling {
 public:
  static constexpr const char* name = "convolutional";

  explicit ConvolutionCoupling(const Stencil& stencil);
  /// out = W v + start; all three padded_size() long.
  void multiply(const Real* v, const Real* start, Real* out);
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(stencil_.height * stencil_.width); }
  /// Estimated nanoseconds of a product on one core, for choosing between forms.
  static double cost(const Stencil& stencil);

 private:
  Stencil stencil_;
};

}  // namespace basin
