#include <algorithm>
#include <array>
#include <utility>

#include "models/design/resolve_parts.hpp"

namespace basin::resolve {
namespace {

Vector numbers(const Document& document, const char* path) {
  if (!document.has(path)) {
    document.fail(path, "is missing; allowed: " + allowed(schema_key(path), document.units()));
  }
  const std::vector<double> values = document.neuron_values(path);
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

/// Without a kind the keys with defaults may show these, as the starter does; any other value would be lost in silence.
void require_unused(const Document& document) {
  const ProblemSpec usual;
  const std::pair<const char*, double> unused[] = {
      {"problem.penalty", usual.penalty}, {"problem.largest", usual.largest}, {"problem.tau_constraint", usual.tau_constraint}};
  for (const auto& [path, value] : unused) {
    if (document.number(path) != value) document.fail(path, "is not used; allowed with problem.kind only");
  }
}

}  // namespace

ProblemSpec problem(const Document& document, NeuronCount& count) {
  ProblemSpec spec;
  constexpr std::array keys{"problem.kind", "problem.cost", "problem.constraints", "problem.bounds"};   // the others have defaults
  if (std::ranges::none_of(keys, [&](const char* key) { return document.has(key); })) {
    require_unused(document);
    return spec;
  }
  if (!document.has("problem.kind")) document.fail("problem.kind", "is missing; allowed: \"lp\"");
  static_cast<void>(document.choice("problem.kind"));
  spec.kind = ProblemKind::linear_program;
  for (const char* path : {"circuit.weights", "memory.rule", "memory.patterns", "circuit.bias", "circuit.input_current", "circuit.gain",
                           "circuit.activation", "circuit.range", "circuit.threshold"}) {
    if (document.has(path)) document.fail(path, "is given besides [problem], which makes it; allowed: one of the two");
  }
  spec.cost = numbers(document, "problem.cost");
  count.observe("problem.cost", spec.cost.size(), "has " + std::to_string(spec.cost.size()) + " entries");
  const Value* value = document.find("problem.constraints");
  if (value == nullptr) {
    document.fail("problem.constraints",
                  "is missing; allowed: " + allowed(schema_key("problem.constraints"), document.units()));
  }
  spec.constraints = document.matrix(*value, schema_key("problem.constraints"));
  if (spec.constraints.cols() != spec.cost.size()) {
    document.fail("problem.constraints", document.file_of("problem.constraints") + "has rows of " +
                                             std::to_string(spec.constraints.cols()) + " numbers; allowed: " +
                                             std::to_string(spec.cost.size()) + ", one a variable of problem.cost");
  }
  spec.bounds = numbers(document, "problem.bounds");
  if (spec.bounds.size() != spec.constraints.rows()) {
    document.fail("problem.bounds", document.file_of("problem.bounds") + "has " + std::to_string(spec.bounds.size()) +
                                        " entries; allowed: " + std::to_string(spec.constraints.rows()) +
                                        ", one a row of problem.constraints");
  }
  spec.penalty = document.number("problem.penalty");
  spec.largest = document.number("problem.largest");
  spec.tau_constraint = document.number("problem.tau_constraint");
  return spec;
}

void set_amplifiers(const ProblemSpec& problem, CircuitSpec& circuit) {
  if (problem.kind == ProblemKind::none) return;
  circuit.activation = ActivationKind::clipped_linear;
  circuit.gain.setConstant(1.0 / problem.largest);
}

}  // namespace basin::resolve
