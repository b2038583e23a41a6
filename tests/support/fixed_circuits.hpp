#pragma once

#include "models/circuit/circuit.hpp"
#include "models/design/random.hpp"

namespace basin::test {

/// τu̇ = −u + Wg(λu) + b in core coordinates with τ = R = 1.
inline Circuit circuit_of(const Matrix& weights, double gain, ActivationKind kind = ActivationKind::tanh) {
  const Index n = weights.rows();
  return {.weights = weights,
          .bias = Vector::Zero(n),
          .tau = Vector::Ones(n),
          .resistance = Vector::Ones(n),
          .gain = Vector::Constant(n, gain),
          .threshold = Vector::Zero(n),
          .unipolar = std::vector<bool>(static_cast<std::size_t>(n), false),
          .activation = Activation(kind)};
}

/// Symmetric, normal entries of variance 1/n.
inline Matrix gaussian(Index n, Random& random) {
  Matrix weights(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j <= i; ++j) weights(i, j) = weights(j, i) = random.normal() / std::sqrt(static_cast<double>(n));
  }
  return weights;
}

/// Two units that inhibit each other: the tight case of the stability rule, Λ = 1.
inline Matrix inhibition() {
  Matrix weights(2, 2);
  weights << 0.0, -1.0, -1.0, 0.0;
  return weights;
}

inline Vector uniform_state(Index n, double largest, Random& random) {
  Vector u(n);
  for (double& value : u) value = largest * (2.0 * random.uniform() - 1.0);
  return u;
}

}  // namespace basin::test
