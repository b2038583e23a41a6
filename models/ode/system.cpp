#include "models/ode/system.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

State to_state(const Vector& v) { return State(v.begin(), v.end()); }

Matrix rates_of(const Circuit& core) { return core.tau.cwiseInverse().asDiagonal() * core.weights; }

/// `circuit` over bipolar units, its state and thresholds kept: only what multiplies V changes.
Circuit bipolar(const Circuit& circuit) {
  Circuit same = to_core(circuit);
  same.bias += circuit.threshold;
  same.threshold = circuit.threshold;
  return same;
}

}  // namespace

System::System(const Circuit& circuit)
    : activation_(circuit.activation),
      weights_(rates_of(bipolar(circuit))),
      gain_(to_state(circuit.gain)),
      offset_(to_state(circuit.gain.cwiseProduct(circuit.threshold))),
      tau_(to_state(circuit.tau)),
      rate_(to_state(circuit.tau.cwiseInverse())),
      constant_(to_state(bipolar(circuit).bias.cwiseQuotient(circuit.tau))),
      g_(weights_.columns(), 0.0),
      sum_(weights_.rows()) {
  constant_.resize(weights_.rows(), 0.0);
}

void System::activate() {
  const ActivationKind kind = activation_.kind();
  if (kind == ActivationKind::tanh || kind == ActivationKind::logistic) return tanh_in_place(g_.data(), size());
  for (std::size_t i = 0; i < size(); ++i) g_[i] = activation_.value(g_[i]);
}

void System::operator()(const State& u, State& dudt, double /*t*/) {
  const std::size_t n = size();
  for (std::size_t i = 0; i < n; ++i) g_[i] = gain_[i] * u[i] - offset_[i];
  activate();
  weights_.multiply(g_.data(), constant_.data(), sum_.data());
  for (std::size_t i = 0; i < n; ++i) dudt[i] = sum_[i] - rate_[i] * u[i];
}

double System::residual(const State& dudt) const {
  double largest = 0.0;
  for (std::size_t i = 0; i < size(); ++i) largest = std::max(largest, std::abs(tau_[i] * dudt[i]));
  return largest;
}

}  // namespace basin
