#include <algorithm>

#include "models/design/resolve_parts.hpp"
#include "models/design/text.hpp"

namespace basin::resolve {

namespace {

std::vector<Held> holds(const Document& document, const Value& value) {
  const Key& key = schema_key("recall.hold");
  const auto* list = std::get_if<Value::Array>(&value.data);
  if (list == nullptr) document.reject(value, key);
  if (list->size() > static_cast<std::size_t>(max_holds)) document.reject(value, key, "has too many phases");
  std::vector<Held> phases;
  for (const Value& entry : *list) {
    const auto* word = std::get_if<std::string>(&entry.data);
    if (word == nullptr || (*word != "visible" && *word != "hidden")) document.reject(entry, key);
    phases.push_back(*word == "visible" ? Held::visible : Held::hidden);
  }
  return phases;
}

std::vector<double> hold_times(const Document& document, const Value& value, const CircuitSpec& circuit) {
  const Key& key = schema_key("recall.hold_time");
  const double longest = 1e3 * slowest(circuit);
  std::vector<double> times;
  const auto add = [&](const Value& entry) {
    times.push_back(document.scalar(entry, key));
    if (times.back() <= longest) return;
    document.fail("recall.hold_time", shown(entry) + " is too long; allowed: at most " + number_text(longest) +
                                          (circuit.units == Units::physical ? " s" : "") + ", 1,000 of the largest τ");
  };
  const auto* list = std::get_if<Value::Array>(&value.data);
  if (list == nullptr) add(value);
  if (list != nullptr && list->empty()) document.reject(value, key, "is empty");
  if (list != nullptr) std::for_each(list->begin(), list->end(), add);
  return times;
}

}  // namespace

double slowest(const CircuitSpec& circuit) {
  if (circuit.units != Units::physical) return circuit.tau.maxCoeff();
  const Vector& resistance = circuit.resistance.size() > 0 ? circuit.resistance : circuit.input_resistance;
  return circuit.capacitance.cwiseProduct(resistance).maxCoeff();
}

RecallSpec recall(const Document& document, const CircuitSpec& circuit, const CueSpec& cues) {
  RecallSpec spec;
  if (!document.is_word("recall.hold", "auto")) spec.hold = holds(document, *document.find("recall.hold"));
  if (!document.is_word("recall.hold_time", "auto")) {
    spec.hold_time = hold_times(document, *document.find("recall.hold_time"), circuit);
  }
  if (spec.hold_time.size() > 1 && (!spec.hold || spec.hold_time.size() != spec.hold->size())) {
    document.fail("recall.hold_time", std::to_string(spec.hold_time.size()) + " times for " +
                                          (spec.hold ? std::to_string(spec.hold->size()) : "\"auto\"") +
                                          " phases; allowed: one for all, or one a phase of recall.hold");
  }
  if (spec.hold && !spec.hold->empty() && spec.hold->front() == Held::visible && cues.present &&
      cues.as == CueUse::input) {
    document.fail("recall.hold", "\"visible\" first holds nothing of cues that are \"input\" and start at 0; allowed "
                                 "with cues.as = \"state\" or \"clamp\"");
  }
  return spec;
}

}  // namespace basin::resolve
