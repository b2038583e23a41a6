#pragma once

#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/ode/aligned.hpp"
#include "models/ode/coupling.hpp"

namespace basin {

using State = AlignedVector<double>;

/// The right-hand side u̇ = (−u + W V + b)/τ as odeint calls it, in the form of W that multiplies fastest. (0, 1) ranges are
/// folded into the weights and biases once: u̇ = (W g(λu − λθ) + b − u)/τ. V is computed once an evaluation.
class System {
 public:
  explicit System(const Circuit& circuit);
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  void operator()(const State& u, State& dudt, double /*t*/) { derivative(u, u, dudt); }
  /// The same with the outputs of another state: `heard_j` is that of neuron j when it sent what arrives now.
  void derivative(const State& u, const State& heard, State& dudt);
  /// max_i |τ_i u̇_i|.
  [[nodiscard]] double residual(const State& dudt) const;
  [[nodiscard]] std::size_t size() const { return gain_.size(); }
  [[nodiscard]] const AnyCoupling<double>& coupling() const { return coupling_; }
  [[nodiscard]] const State& tau() const { return tau_; }

 private:
  System(const Circuit& circuit, const Circuit& core);
  void activate(const State& u);

  Activations activation_;
  AnyCoupling<double> coupling_;
  State gain_, offset_, tau_, rate_;
  State columns_;                  // scale of V that the coupling leaves to us; empty when it is 1
  AlignedVector<double> bias_;     // b, padded
  AlignedVector<double> g_, sum_;  // scratch, padded
};

}  // namespace basin
