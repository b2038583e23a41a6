#include "sim/certify/dense_weights.hpp"

#include <utility>

#include "models/fixed/fixed_factors.hpp"

namespace basin {

Circuit with_dense_weights(Circuit circuit) {
  if (circuit.is_dense()) return circuit;
  const Index n = circuit.size();
  Matrix weights(n, n);
  for (Index j = 0; j < n; ++j) weights.col(j) = product(circuit, Vector::Unit(n, j));
  circuit.weights = std::move(weights);
  return circuit;
}

Matrix integer_weights(const Quantised& quantised) {
  const FixedNetwork& network = quantised.network;
  if (!network.factors) {
    Matrix weights(network.neurons, network.neurons);
    for (Index k = 0; k < weights.size(); ++k) weights.data()[k] = network.weights[static_cast<std::size_t>(k)];
    return weights;
  }
  Circuit units = quantised.realised;
  units.factors = std::make_shared<const Factors>(realised_factors(*network.factors, network.core.memories, 1.0));
  return with_dense_weights(std::move(units)).weights;
}

}  // namespace basin
