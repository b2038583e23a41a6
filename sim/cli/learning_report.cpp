#include "sim/cli/learning_report.hpp"

#include <fmt/format.h>

#include "models/design/rule_names.hpp"
#include "models/learning/mistake_bound.hpp"
#include "sim/cli/text.hpp"
#include "sim/cli/words.hpp"

namespace basin::cli {

Json learning_of(const Design& design, const Learned& learned) {
  const MemorySpec& memory = design.memory;
  if (memory.rule == Rule::none) return nullptr;
  Json json{{"rule", to_string(memory.rule)}, {"converged", learned.converged}, {"epochs", learned.epochs}};
  if (memory.rule == Rule::perceptron && !memory.weight_bits) {
    const double bound = mistake_bound(memory, learned);
    json["mistakes"] = learned.mistakes;
    json["most_mistakes"] = bound > 0.0 ? number(bound) : Json(nullptr);
  }
  if (!learned.contradiction.empty()) json["contradiction"] = contradiction_of(learned.contradiction, memory.names);
  json["remarks"] = learned.remarks;
  return json;
}

Json contradiction_of(const std::vector<Condition>& conditions, const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const Condition& condition : conditions) {
    list.push_back({{"memory", names[static_cast<std::size_t>(condition.memory)]},
                    {"neuron", condition.neuron},
                    {"times", condition.times}});
  }
  return list;
}

void print_learning(Terminal& terminal, const Json& learning) {
  if (learning.is_null()) return;
  if (learning.contains("mistakes")) {
    std::string text = fmt::format("{} mistakes in {} epochs", learning["mistakes"].get<std::int64_t>(),
                                   learning["epochs"].get<int>());
    if (learning["most_mistakes"].is_number()) {
      text += fmt::format("; (R² + 2κN)/γ² allows {:.0f}", learning["most_mistakes"].get<double>());
    }
    terminal.field("learning", text);
  }
  for (const Json& remark : learning["remarks"]) {
    terminal.field("note", Cell(remark.get<std::string>(), Tone::warn));
  }
}

}  // namespace basin::cli
