#pragma once

#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/ode/kernels.hpp"

namespace basin {

using State = std::vector<double>;

/// The right-hand side u̇ = (−u + W V + b)/τ as odeint calls it. Division by τ, thresholds and (0, 1) ranges are folded into
/// the weights and biases once: u̇ = A g(λu − λθ) + c − u/τ. V is computed once an evaluation.
class System {
 public:
  explicit System(const Circuit& circuit);
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  void operator()(const State& u, State& dudt, double /*t*/);
  /// max_i |τ_i u̇_i|.
  [[nodiscard]] double residual(const State& dudt) const;
  [[nodiscard]] std::size_t size() const { return gain_.size(); }
  [[nodiscard]] const State& tau() const { return tau_; }

 private:
  void activate();

  Activation activation_;
  ColumnMatrix weights_;
  State gain_, offset_, tau_, rate_;
  State constant_;  // c, padded like the matrix
  State g_, sum_;   // scratch, padded like the matrix
};

}  // namespace basin
