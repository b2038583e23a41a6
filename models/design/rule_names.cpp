#include "models/design/rule_names.hpp"

#include <array>
#include <utility>

namespace basin {
namespace {

constexpr std::array<std::pair<Rule, const char*>, 10> names{{{Rule::hebb, "hebb"},
                                                             {Rule::storkey, "storkey"},
                                                             {Rule::pseudo_inverse, "pseudo-inverse"},
                                                             {Rule::perceptron, "perceptron"},
                                                             {Rule::max_margin, "max-margin"},
                                                             {Rule::unlearning, "unlearning"},
                                                             {Rule::covariance, "covariance"},
                                                             {Rule::polynomial, "polynomial"},
                                                             {Rule::any, "any"},
                                                             {Rule::sequence, "sequence"}}};

}  // namespace

const char* to_string(Rule rule) {
  for (const auto& [known, name] : names) {
    if (known == rule) return name;
  }
  return "none";
}

Rule rule_named(std::string_view name) {
  for (const auto& [rule, known] : names) {
    if (known == name) return rule;
  }
  return Rule::none;
}

std::vector<std::string_view> rule_words() {
  std::vector<std::string_view> words;
  for (const auto& entry : names) words.emplace_back(entry.second);
  return words;
}

}  // namespace basin
