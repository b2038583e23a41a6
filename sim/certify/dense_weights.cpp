#include "sim/certify/dense_weights.hpp"

#include <utility>

namespace basin {

Circuit with_dense_weights(Circuit circuit) {
  if (circuit.is_dense()) return circuit;
  const Index n = circuit.size();
  Matrix weights(n, n);
  for (Index j = 0; j < n; ++j) weights.col(j) = product(circuit, Vector::Unit(n, j));
  circuit.weights = std::move(weights);
  return circuit;
}

}  // namespace basin
