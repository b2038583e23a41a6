#include "models/learning/sequence_run.hpp"

#include <cmath>

namespace basin {

std::vector<PatternVisit> memories_passed(const Circuit& circuit, const Matrix& patterns, std::size_t visits, double t_end) {
  constexpr double steps_a_tau = 8.0;
  const double dt = circuit.tau.minCoeff() / steps_a_tau;
  const Vector share = -(-dt / circuit.tau.array()).expm1();
  Vector u = circuit.bias;   // of the slow units: off
  u.head(patterns.cols()) = patterns.row(0);
  std::vector<PatternVisit> passed{{0, 0.0}};
  for (std::int64_t k = 1; passed.size() < visits && static_cast<double>(k) * dt < t_end; ++k) {
    u += share.cwiseProduct(drive(circuit, u));
    const Index memory = pattern_of_signs(patterns, u);
    if (is_new_visit(passed, memory)) passed.push_back({memory, static_cast<double>(k) * dt});
  }
  return passed;
}

}  // namespace basin
