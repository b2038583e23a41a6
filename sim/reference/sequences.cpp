#include "sim/reference/sequences.hpp"

#include <set>

#include "sim/reference/attractors.hpp"

namespace basin {

std::vector<PatternVisit> kept_sequence(const MemorySpec& memory, std::vector<PatternVisit> visits) {
  if (memory.rule != Rule::sequence && visits.size() < 2) visits.clear();
  return visits;
}

std::string cycle_name(const std::vector<PatternVisit>& visits, double period) {
  std::set<Index> on_cycle;
  for (const PatternVisit& visit : visits) {
    if (visit.t > visits.back().t - period) on_cycle.insert(visit.pattern);
  }
  return on_cycle.size() < 2 ? unsettled_name : "cycle:" + std::to_string(on_cycle.size());
}

std::string sequence_status(const std::vector<PatternVisit>& visits, const MemorySpec& memory, int target) {
  if (visits.empty()) return unsettled_name;
  const Index count = memory.patterns.rows();
  bool in_order = (target < 0 || visits.front().pattern == target) && static_cast<Index>(visits.size()) > count;
  for (std::size_t k = 1; k < visits.size(); ++k) {
    in_order = in_order && visits[k].pattern == (visits[k - 1].pattern + 1) % count;
  }
  return in_order ? "recalled" : "other";
}

Circuit slow_units_off(const Circuit& circuit) {
  const Index visible = circuit.visible();
  Circuit held = circuit;
  held.hidden = 0;
  held.factors = nullptr;
  held.weights = circuit.weights.topLeftCorner(visible, visible);
  held.bias = circuit.bias.head(visible) - circuit.weights.topRightCorner(visible, circuit.hidden).rowwise().sum();
  held.tau = circuit.tau.head(visible);
  held.resistance = circuit.resistance.head(visible);
  held.gain = circuit.gain.head(visible);
  held.threshold = circuit.threshold.head(visible);
  if (circuit.delay.size() > 0) held.delay = circuit.delay.head(visible);
  held.unipolar.resize(static_cast<std::size_t>(visible));
  return held;
}

Circuit storing_circuit(const Design& design, const Circuit& circuit) {
  return design.memory.rule == Rule::sequence ? slow_units_off(circuit) : circuit;
}

}  // namespace basin
