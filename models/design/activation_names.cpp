#include "models/design/activation_names.hpp"

#include <array>
#include <utility>

namespace basin {
namespace {

constexpr std::array<std::pair<ActivationKind, const char*>, 8> names{{{ActivationKind::tanh, "tanh"},
                                                                      {ActivationKind::logistic, "logistic"},
                                                                      {ActivationKind::erf, "erf"},
                                                                      {ActivationKind::algebraic, "algebraic"},
                                                                      {ActivationKind::arctan, "arctan"},
                                                                      {ActivationKind::clipped_linear, "clipped-linear"},
                                                                      {ActivationKind::hard, "hard"},
                                                                      {ActivationKind::table, "table"}}};

}  // namespace

const char* to_string(ActivationKind kind) {
  for (const auto& [known, name] : names) {
    if (known == kind) return name;
  }
  return "power";
}

std::optional<ActivationKind> activation_named(std::string_view name) {
  for (const auto& [kind, known] : names) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

std::vector<std::string_view> activation_words() {
  std::vector<std::string_view> words;
  for (const auto& entry : names) words.emplace_back(entry.second);
  return words;
}

}  // namespace basin
