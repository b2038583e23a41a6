#include <algorithm>
#include <cmath>
#include <set>

#include "models/design/resolve_parts.hpp"
#include "models/design/rule_names.hpp"
#include "models/design/text.hpp"

namespace basin::resolve {
namespace {

/// More distinct patterns than N neurons have states?
bool too_many(int patterns, int neurons) { return neurons < 31 && patterns > (1 << neurons); }

void loads(const Document& document, CapacitySpec& spec) {
  const bool counted = document.has("capacity.patterns");
  if (counted && document.has("capacity.loads")) {
    document.fail("capacity.loads", "is given besides patterns; allowed: one of the two");
  }
  for (const int neurons : spec.neurons) {
    std::vector<int>& counts = spec.patterns.emplace_back();
    if (counted) {
      for (const std::int64_t count : document.integers("capacity.patterns")) counts.push_back(static_cast<int>(count));
    } else {
      for (const double load : document.numbers("capacity.loads")) {
        counts.push_back(std::max(1, static_cast<int>(std::lround(load * neurons))));
        if (counts.back() <= max_patterns) continue;
        document.fail("capacity.loads", number_text(load) + " of " + std::to_string(neurons) + " neurons is " +
                                            std::to_string(counts.back()) + " patterns; allowed: at most " +
                                            std::to_string(max_patterns));
      }
    }
    std::ranges::sort(counts);
    counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
    if (!too_many(counts.back(), neurons)) continue;
    document.fail(counted ? "capacity.patterns" : "capacity.loads",
                  std::to_string(counts.back()) + " different patterns of " + std::to_string(neurons) +
                      " neurons; allowed: at most " + std::to_string(1 << neurons));
  }
}

/// Keys that only the engines of integers, or only the circuit, have a use for.
void engines(const Document& document, CapacitySpec& spec) {
  spec.engines = document.choices("capacity.engines");
  const bool integers = std::ranges::any_of(spec.engines, [](const std::string& name) { return name != "reference"; });
  if (spec.sign) {
    if (integers) {
      document.fail("capacity.engines", "\"golden\" and \"verilator\" compute the circuit; allowed with dynamics = \"sign\": "
                                        "\"reference\"");
    }
    if (document.has("capacity.gains")) {
      document.fail("capacity.gains", "are of the circuit; allowed with dynamics = \"analog\" only");
    }
  }
  if (!document.has("capacity.weight_bits")) return;
  if (!integers) {
    document.fail("capacity.weight_bits", "is of the engines of integers; allowed with engines \"golden\" or \"verilator\"");
  }
  spec.fewest_bits = document.is_word("capacity.weight_bits", "fewest");
  if (spec.fewest_bits && std::ranges::count(spec.engines, "reference") > 0) {
    document.fail("capacity.engines", "\"reference\" has no weight bits; allowed with weight_bits = \"fewest\": \"golden\", \"verilator\"");
  }
  if (spec.fewest_bits) {
    for (const char* key : {"capacity.recalls", "capacity.flips", "cues.flip"}) {
      if (document.has(key)) document.fail(key, "is given besides weight_bits = \"fewest\", which starts from every memory itself; allowed: one of the two");
    }
    return;
  }
  for (const std::int64_t bits : document.integers("capacity.weight_bits")) spec.weight_bits.push_back(static_cast<int>(bits));
}

void check_uniform(const Document& document, const CircuitSpec& circuit, CapacitySpec& spec) {
  const std::pair<const char*, const Vector*> all[] = {
      {"circuit.capacitance", &circuit.capacitance}, {"circuit.resistance", &circuit.resistance},
      {"circuit.input_resistance", &circuit.input_resistance}, {"circuit.tau", &circuit.tau},
      {"circuit.gain", &circuit.gain}, {"circuit.threshold", &circuit.threshold},
      {circuit.units == Units::physical ? "circuit.input_current" : "circuit.bias", &circuit.bias}};
  for (const auto& [path, values] : all) {
    if (values->size() == 0 || values->maxCoeff() == values->minCoeff()) continue;
    document.fail(path, "differs between neurons; allowed beside [capacity]: one value for all");
  }
  if (std::ranges::count(circuit.unipolar, circuit.unipolar.front()) != std::ssize(circuit.unipolar)) {
    document.fail("circuit.range", "differs between neurons; allowed beside [capacity]: one range for all");
  }
  if (!circuit.activation_of.empty()) {
    document.fail("circuit.activation", "differs between neurons; allowed beside [capacity]: one for all");
  }
  if (circuit.weights) document.fail("circuit.weights", "is given besides [capacity], whose rules make the weights; allowed: one of the two");
  if (!spec.sign && circuit.activation == ActivationKind::hard) {
    document.fail("circuit.activation", "\"hard\" jumps; allowed beside [capacity]: any other, or dynamics = \"sign\"");
  }
}

/// Cues are the memories that are drawn, as starts.
void check_cues(const Document& document, const CueSpec& cues) {
  if (cues.from == CueSource::file) {
    document.fail("cues.from", "is a file; allowed beside [capacity]: \"patterns\", the memories that it draws");
  }
  if (cues.as != CueUse::state) document.fail("cues.as", "allowed beside [capacity]: \"state\"");
}

}  // namespace

bool draws_patterns(const Document& document) {
  return document.has("capacity.patterns") || document.has("capacity.loads");
}

void refuse_beside_drawn_patterns(const Document& document) {
  if (!draws_patterns(document)) return;
  for (const char* key : {"memory.patterns", "memory.names"}) {
    if (document.has(key)) document.fail(key, "is given beside [capacity], which draws its memories; allowed: one of the two");
  }
  for (const char* key : {"memory.symmetric", "memory.topology", "memory.radius", "memory.density", "memory.polarity",
                          "memory.weight_bits", "memory.row_sum", "memory.unlearning_rate", "memory.unlearning_count",
                          "memory.seed", "circuit.initial", "cues.count", "cues.occlude", "cues.shift", "cues.carry",
                          "recall.hold", "recall.hold_time"}) {
    if (document.has(key)) document.fail(key, "is given beside [capacity], which recalls by its rules as they are; allowed: one of the two");
  }
}

void capacity_neurons(const Document& document, NeuronCount& count) {
  if (!document.has("capacity.neurons") || document.has("circuit.neurons")) return;
  count.observe("capacity.neurons", static_cast<Index>(document.integers("capacity.neurons").front()), "says so");
}

CapacitySpec capacity(const Document& document, const CircuitSpec& circuit, const MemorySpec& memory, const CueSpec& cues,
                      int neurons) {
  CapacitySpec spec;
  if (!document.has_section("capacity")) return spec;
  spec.trials = static_cast<int>(document.integer("capacity.trials"));
  spec.recalls = static_cast<int>(document.integer("capacity.recalls"));
  spec.sign = document.choice("capacity.dynamics") == "sign";
  engines(document, spec);
  for (const std::string& name : document.choices("capacity.rules")) spec.rules.push_back(rule_named(name));
  if (spec.rules.empty()) spec.rules.push_back(memory.rule == Rule::none ? Rule::hebb : memory.rule);
  if (draws_patterns(document) && (spec.rules.front() == Rule::any || spec.rules.front() == Rule::polynomial)) {
    document.fail("memory.rule", in_quotes(to_string(spec.rules.front())) + " adds hidden units; allowed beside [capacity]: " +
                                     allowed(schema_key("capacity.rules"), document.units()));
  }
  if (draws_patterns(document) && spec.rules.front() == Rule::sequence) {
    document.fail("memory.rule", "\"sequence\" makes a circuit that settles in no memory; allowed beside [capacity]: " +
                                     allowed(schema_key("capacity.rules"), document.units()));
  }
  spec.gains = document.numbers("capacity.gains");
  if (spec.gains.empty()) spec.gains.push_back(circuit.gain[0]);
  spec.flips = document.numbers("capacity.flips");
  if (spec.flips.empty()) spec.flips.push_back(cues.flip);
  for (const std::int64_t size : document.integers("capacity.neurons")) spec.neurons.push_back(static_cast<int>(size));
  if (spec.neurons.empty()) spec.neurons.push_back(neurons);
  std::ranges::sort(spec.neurons);
  if (!draws_patterns(document)) return spec;
  spec.present = true;
  loads(document, spec);
  check_uniform(document, circuit, spec);
  check_cues(document, cues);
  return spec;
}

}  // namespace basin::resolve
