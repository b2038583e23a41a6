#include "sim/compare/blame.hpp"

#include <algorithm>
#include <cmath>

#include "sim/compare/deviation.hpp"
#include "sim/compare/mixed_model.hpp"
#include "sim/reference/recall.hpp"

namespace basin {
namespace {

/// u of the neuron at every network step, by the reference.
Vector reference_path(const BlameCase& blamed, const Circuit& circuit, const Vector& clamp) {
  ReferenceOptions options;
  options.rtol = blamed.rtol;
  options.atol = blamed.atol;
  options.sample_times = network_times(blamed.network.dt, blamed.steps);
  options.record_energy = false;
  return recall(ClampedCircuit(circuit, clamp), blamed.start, blamed.phases, options).samples.col(blamed.neuron);
}

/// Largest |u − reference| of the neuron with some causes made exact.
double deviation(const BlameCase& blamed, const Vector& reference, Exact exact) {
  MixedModel model(blamed.network, blamed.designed, {blamed.bias, blamed.masks}, exact);
  model.load(blamed.start);
  double largest = 0.0;
  for (std::int64_t k = 0; k <= blamed.steps; ++k) {
    if (k > 0) model.step();
    largest = std::max(largest, std::abs(model.state()[blamed.neuron] - reference[k]));
  }
  return largest;
}

}  // namespace

Blame find_blame(const BlameCase& blamed) {
  const Vector realised = reference_path(blamed, blamed.realised, blamed.realised_clamp);
  const Vector designed = reference_path(blamed, blamed.designed, blamed.designed_clamp);
  const double against_realised = deviation(blamed, realised, {});
  const double against_designed = deviation(blamed, designed, {});
  const auto removed = [&](double before, const Vector& reference, Exact exact) {
    return (before - deviation(blamed, reference, exact)) / blamed.bound;
  };
  Blame blame;
  blame.step = removed(against_realised, realised, {.step = true});
  blame.weights = removed(against_designed, designed, {.weights = true});
  blame.table = removed(against_realised, realised, {.table = true});
  blame.state = removed(against_realised, realised, {.state = true});
  return blame;
}

const char* Blame::largest() const {
  const double most = std::max({step, weights, table, state});
  if (most == step) return "step";
  if (most == weights) return "weights";
  return most == table ? "table" : "state";
}

}  // namespace basin
