#pragma once

#include <cstddef>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/ode/system.hpp"

namespace basin {

/// The accepted steps of a run with their derivatives, for cubic Hermite interpolation. Beyond a fixed amount of memory every
/// second one of them is forgotten: the far past of a very long run is kept at a coarser grain.
class History {
 public:
  explicit History(std::size_t neurons) : neurons_(neurons) {}
  void add(double t, const State& u, const State& dudt);
  /// First t after which |V(t) − V*|max ≤ `band` for good, V* the output of the last state.
  [[nodiscard]] double settle_time(const Circuit& circuit, double band) const;

 private:
  [[nodiscard]] Vector state(std::size_t step) const;
  [[nodiscard]] Vector between(std::size_t step, double t) const;
  void thin();

  std::size_t neurons_;
  std::vector<double> t_;
  std::vector<double> u_;     // a row a step
  std::vector<double> dudt_;
};

}  // namespace basin
