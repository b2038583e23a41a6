#include "models/ode/coupling.hpp"

#include <algorithm>

namespace basin {
namespace {

/// Bit by bit: the symmetric form keeps one of the two.
bool equals_its_transpose(const Matrix& weights) { return weights == weights.transpose(); }

}  // namespace

template <class Real>
typename AnyCoupling<Real>::Form AnyCoupling<Real>::choose(const Circuit& circuit) {
  if (!circuit.is_dense()) return FactoredCoupling<Real>(*circuit.factors);
  const Matrix& weights = circuit.weights;
  const auto neurons = static_cast<double>(circuit.size());
  const auto entries = static_cast<double>((weights.array() != 0.0).count());
  const bool symmetric = equals_its_transpose(weights);
  const double whole = std::min(DenseCoupling<Real>::cost(neurons),
                                symmetric ? SymmetricCoupling<Real>::cost(neurons) : DenseCoupling<Real>::cost(neurons));
  const double factored = circuit.factors ? FactoredCoupling<Real>::cost(*circuit.factors) : whole;
  const double sparse = SparseCoupling<Real>::cost(neurons, entries);
  if (factored < std::min(whole, sparse)) return FactoredCoupling<Real>(*circuit.factors);
  if (sparse < whole) {
    const auto stencil = find_stencil(weights);
    if (stencil && ConvolutionCoupling<Real>::cost(*stencil) < sparse) return ConvolutionCoupling<Real>(*stencil);
    return SparseCoupling<Real>(weights);
  }
  if (symmetric && SymmetricCoupling<Real>::cost(neurons) < DenseCoupling<Real>::cost(neurons)) {
    return SymmetricCoupling<Real>(weights);
  }
  return DenseCoupling<Real>(weights);
}

template class AnyCoupling<double>;
template class AnyCoupling<float>;

}  // namespace basin
