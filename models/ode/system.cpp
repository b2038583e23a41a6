#include "models/ode/system.hpp"

#include "models/ode/kernels.hpp"

namespace basin {
namespace {

State to_state(const Vector& v) { return State(v.begin(), v.end()); }

/// `circuit` over bipolar units, its state and thresholds kept: only what multiplies V changes.
Circuit bipolar(const Circuit& circuit) {
  Circuit same = to_core(circuit);
  same.bias += circuit.threshold;
  same.threshold = circuit.threshold;
  return same;
}

}  // namespace

System::System(const Circuit& circuit) : System(circuit, bipolar(circuit)) {}

System::System(const Circuit& circuit, const Circuit& core)
    : activation_(circuit.activation),
      coupling_(core),
      gain_(to_state(circuit.gain)),
      offset_(to_state(circuit.gain.cwiseProduct(circuit.threshold))),
      tau_(to_state(circuit.tau)),
      rate_(to_state(circuit.tau.cwiseInverse())),
      bias_(core.bias.begin(), core.bias.end()),
      g_(padded_size<double>(size()), 0.0),
      sum_(g_.size()) {
  bias_.resize(g_.size(), 0.0);
  if (coupling_.is_factored() && (core.factors->columns.array() != 1.0).any()) columns_ = to_state(core.factors->columns);
}

void System::activate(const State& u) {
  if (activation_.are(ActivationKind::tanh) || activation_.are(ActivationKind::logistic)) {
    return tanh_outputs(gain_.data(), u.data(), offset_.data(), size(), g_.data());
  }
  activation_inputs(gain_.data(), u.data(), offset_.data(), size(), g_.data());
  for (std::size_t i = 0; i < size(); ++i) g_[i] = activation_.of(static_cast<Index>(i)).value(g_[i]);
}

void System::derivative(const State& u, const State& heard, State& dudt) {
  activate(heard);
  if (!columns_.empty()) scale(g_.data(), columns_.data(), size());
  coupling_.multiply(g_.data(), bias_.data(), sum_.data());
  decay_towards(sum_.data(), u.data(), rate_.data(), size(), dudt.data());
}

double System::residual(const State& dudt) const { return largest_product(tau_.data(), dudt.data(), size()); }

}  // namespace basin
