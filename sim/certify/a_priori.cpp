#include "sim/certify/a_priori.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/certify/table_error.hpp"
#include "models/fixed/stability.hpp"
#include "sim/certify/dense_weights.hpp"
#include "sim/reference/attractors.hpp"

namespace basin {
namespace {

std::vector<TableError> table_errors(const FixedNetwork& network, const Circuit& realised) {
  std::vector<TableError> errors;
  const std::vector<TableFunction> functions = table_functions(realised, network.lsb_state);
  for (std::size_t t = 0; t < functions.size(); ++t) errors.emplace_back(functions[t], network.tables[t], network.core);
  return errors;
}

/// What is as good as exact steps: a circuit that is not bounded with these never is.
CoreSteps finest_steps(Index neurons) {
  return {1, Vector::Constant(neurons, std::ldexp(1.0, -finest_step)), 0.0, {}};
}

}  // namespace

CoreSteps core_steps(const FixedNetwork& network, const Circuit& realised) {
  const Index n = network.neurons;
  Vector ratio = Vector::Ones(n), share = Vector::Constant(n, std::ldexp(1.0, -network.step_exponent));
  for (Index i = 0; i < n; ++i) {
    const auto k = static_cast<std::size_t>(i);
    if (!network.gains.empty()) ratio[i] = std::ldexp(network.gains[k].mantissa + 1.0, -8 - network.gains[k].exponent);
    if (!network.taus.empty()) share[i] *= (network.taus[k] + 1) / 256.0;
  }
  const auto errors = std::make_shared<const std::vector<TableError>>(table_errors(network, realised));
  const double lsb = network.lsb_state, most = static_cast<double>(network.core.max_state()) - 1.0;
  const double end = std::ldexp(1.0, network.core.table_domain);
  const bool gain = network.core.gain;
  const auto output_error = [errors, ratio, lsb, most, end, gain, selectors = network.selectors](const Box& states, const Box& near) {
    Vector all(ratio.size());
    for (Index i = 0; i < all.size(); ++i) {
      const auto k = static_cast<std::size_t>(i);
      const TableError& table = (*errors)[selectors.empty() ? 0 : selectors[k]];
      const Interval word = near[k] / lsb;
      const Interval input = word * ratio[i];
      Interval seen = gain ? input + Interval(-0.5, 0.5) : input;
      // The end of the table is no further from a state within it than what lies beyond.
      if ((states[k] / lsb * ratio[i]).magnitude() <= end) seen = min(max(seen, -end), end);
      all[i] = table.over(seen);
      if (gain) all[i] = (Interval(all[i]) + table.of_rounded_input(input)).upper();
      if (!(word.magnitude() <= most)) all[i] = Interval::infinity;
    }
    return all;
  };
  return {network.order, share, lsb, output_error};
}

std::optional<double> AprioriBounds::largest() const {
  std::optional<double> worst;
  for (const BoundedSet& set : sets) {
    const std::optional<double> error = set.error();
    if (!error) return std::nullopt;
    worst = std::max(worst.value_or(0.0), (Interval(*error) / scale).upper());
  }
  return worst;
}

AprioriSets::AprioriSets(const Circuit& realised, const std::vector<std::string>& names, const std::vector<Vector>& outputs)
    : circuit_(with_dense_weights(realised)), enclosed_(circuit_) {
  if (add("everywhere", reachable_states(enclosed_))) return;
  for (std::size_t m = 0; m < names.size(); ++m) {
    const bool has_outputs = outputs[m].size() > 0;
    const auto equilibrium = has_outputs ? stored_equilibrium(circuit_, outputs[m]) : std::nullopt;
    auto states = equilibrium ? contracting_states(enclosed_, *equilibrium) : std::nullopt;
    if (!states || !add(names[m], std::move(*states))) without_.push_back(names[m]);
  }
}

/// Whether it is one.
bool AprioriSets::add(const std::string& name, Box states) {
  APriori set(enclosed_, std::move(states));
  if (!set.bound(finest_steps(enclosed_.size()))) return false;
  sets_.emplace_back(name, std::move(set));
  return true;
}

double AprioriSets::reach() const {
  double most = 0.0;
  for (const auto& [name, set] : sets_) {
    for (const Interval& u : set.states()) most = std::max(most, u.magnitude());
  }
  return most;
}

bool AprioriSets::are_of(const Circuit& realised) const {
  const bool same_weights = realised.is_dense() ? realised.weights == circuit_.weights : realised.factors == circuit_.factors;
  return same_weights && realised.bias == circuit_.bias && realised.gain == circuit_.gain;
}

AprioriBounds AprioriSets::bounds(const CoreSteps& steps, double scale) const {
  AprioriBounds all{scale, {}, without_};
  for (const auto& [name, set] : sets_) {
    const auto bound = set.bound(steps);
    all.sets.push_back({name, set.states(), bound ? bound->error : Vector()});
  }
  return all;
}

double AprioriSets::largest(const CoreSteps& steps, double scale, double limit) const {
  double worst = 0.0;
  for (const auto& [name, set] : sets_) {
    const auto bound = set.bound(steps);
    if (!bound) return Interval::infinity;
    worst = std::max(worst, (Interval(bound->largest()) / scale).upper());
    if (worst > limit) return Interval::infinity;
  }
  return worst;
}

}  // namespace basin
