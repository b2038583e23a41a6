#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/design/resolve_parts.hpp"
#include "models/design/rule_names.hpp"
#include "models/design/text.hpp"

namespace basin::resolve {

namespace {

constexpr std::string_view path = "memory.patterns";

/// Adds the patterns of one file, or of one picture text, to `set`.
void append(const Document& document, const Value& reference, PatternSet& set) {
  PatternSet part = document.data().patterns(reference, std::string(path));
  const bool first = set.rows.rows() == 0;
  if (!first && part.rows.cols() != set.rows.cols()) {
    document.reject(reference, schema_key(path),
                    "has patterns of " + std::to_string(part.rows.cols()) + " entries, and the files before it of " +
                        std::to_string(set.rows.cols()));
  }
  const auto before = static_cast<std::size_t>(set.rows.rows());
  set.rows.conservativeResize(set.rows.rows() + part.rows.rows(), part.rows.cols());
  set.rows.bottomRows(part.rows.rows()) = part.rows;
  const bool same_shape = first || (part.width == set.width && part.height == set.height);
  set.width = same_shape ? part.width : 0;
  set.height = same_shape ? part.height : 0;
  const bool named = !part.names.empty() && (first || !set.names.empty());
  if (!named) set.names.clear();
  if (named && set.names.size() == before) set.names.insert(set.names.end(), part.names.begin(), part.names.end());
}

PatternSet load(const Document& document) {
  const Value* value = document.find(path);
  if (value == nullptr) {
    document.fail(path, "is missing; allowed: " + allowed(schema_key(path), document.units()));
  }
  PatternSet set;
  const auto* list = std::get_if<Value::Array>(&value->data);
  if (value->is_string()) {
    append(document, *value, set);
  } else if (list != nullptr && !list->empty() && list->front().is_array()) {
    set.rows = document.matrix(*value, schema_key(path));
  } else if (list != nullptr && !list->empty()) {
    for (const Value& entry : *list) {
      if (!entry.is_string()) document.reject(entry, schema_key(path));
      append(document, entry, set);
    }
  } else {
    document.reject(*value, schema_key(path));
  }
  return set;
}

void check_entries(const Document& document, const Matrix& rows) {
  for (Index row = 0; row < rows.rows(); ++row) {
    for (Index column = 0; column < rows.cols(); ++column) {
      if (std::abs(rows(row, column)) == 1.0) continue;
      document.fail(path, document.file_of(path) + "has " + number_text(rows(row, column)) + " in row " +
                              std::to_string(row + 1) + ", column " + std::to_string(column + 1) +
                              "; allowed: 1 or -1");
    }
  }
}

void check_distinct(const Document& document, const Matrix& rows) {
  std::map<std::string, Index> seen;
  for (Index row = 0; row < rows.rows(); ++row) {
    std::string signs;
    for (Index column = 0; column < rows.cols(); ++column) signs += rows(row, column) > 0 ? '+' : '-';
    const auto [other, inserted] = seen.emplace(std::move(signs), row);
    if (inserted) continue;
    document.fail(path, document.file_of(path) + "has row " + std::to_string(row + 1) + " repeating row " +
                            std::to_string(other->second + 1) + "; allowed: different patterns");
  }
}

/// Names that results can show beside "-name", "mixture:…" and "spurious:…".
bool is_pattern_name(const std::string& name) {
  const bool printable_ascii = std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c <= '~'; });
  const bool reserved = name.starts_with("-") || name.starts_with("mixture:") || name.starts_with("spurious:") ||
                        name.starts_with("cycle:");
  return printable_ascii && !reserved && !name.empty() && name.size() <= 64 && name.front() != ' ' &&
         name.back() != ' ';
}

std::vector<std::string> given_names(const Document& document, const Value& value) {
  const Key& key = schema_key("memory.names");
  const auto* list = std::get_if<Value::Array>(&value.data);
  if (list == nullptr) document.reject(value, key);
  std::vector<std::string> names;
  for (const Value& entry : *list) {
    if (!entry.is_string()) document.reject(entry, key);
    names.push_back(std::get<std::string>(entry.data));
  }
  return names;
}

std::vector<std::string> names(const Document& document, const PatternSet& set) {
  const auto count = static_cast<std::size_t>(set.rows.rows());
  const Value* value = document.find("memory.names");
  const std::string source = value != nullptr ? "memory.names" : std::string(path);
  std::vector<std::string> result = value != nullptr ? given_names(document, *value) : set.names;
  if (value == nullptr && result.empty()) {
    for (std::size_t i = 0; i < count; ++i) result.push_back(std::to_string(i));
  }
  if (result.size() != count) {
    document.fail(source, document.file_of(source) + "has " + std::to_string(result.size()) + " names for " +
                              std::to_string(count) + " patterns; allowed: one each");
  }
  std::set<std::string> seen;
  for (const std::string& name : result) {
    if (!is_pattern_name(name)) {
      document.fail(source, in_quotes(name) +
                                " is not a pattern name; allowed: 1 to 64 printable ASCII characters, not starting "
                                "with -, mixture:, spurious: or cycle:");
    }
    if (!seen.insert(name).second)
      document.fail(source, in_quotes(name) + " names two patterns; allowed: different names");
  }
  return result;
}

/// Keys that belong to rule `any` alone, and those that it has no use for.
void check_any(const Document& document, Rule chosen) {
  const bool visible_only = document.boolean("memory.visible_only");
  const bool memories = document.choice("memory.hidden") == "memories";
  if (chosen != Rule::any) {
    const std::string allowed_with = "belongs to rule = \"any\"; allowed with that rule alone";
    if (visible_only) document.fail("memory.visible_only", "true " + allowed_with);
    if (memories) document.fail("memory.hidden", "\"memories\" " + allowed_with);
    if (chosen == Rule::polynomial && document.has("memory.diagonal")) {
      document.fail("memory.diagonal", "is given besides rule = \"polynomial\", which chooses it; allowed with the other rules");
    }
    return;
  }
  if (document.has("memory.diagonal") && document.is_word("memory.diagonal", "keep")) {
    document.fail("memory.diagonal", "\"keep\" makes rule = \"any\" empty; allowed: \"zero\"");
  }
  if (document.has("memory.margin")) {
    document.fail("memory.margin", "is not used by rule = \"any\", which finds the largest; allowed with perceptron and max-margin");
  }
  for (const char* key : {"circuit.bias", "circuit.input_current", "circuit.threshold"}) {
    if (document.has(key)) document.fail(key, "is given besides rule = \"any\", which chooses it; allowed: one of the two");
  }
  if (std::holds_alternative<Value::Array>(document.effective("circuit.activation")->data)) {
    document.fail("circuit.activation", "is a list; allowed with rule = \"any\": one activation for all neurons");
  }
  if (document.is_word("circuit.activation", "table")) {
    document.fail("circuit.activation", "\"table\" can't be proved to store; allowed with rule = \"any\": the others");
  }
  if (visible_only && memories) {
    document.fail("memory.hidden", "\"memories\" is given besides visible_only = true; allowed: one of the two");
  }
}

/// The key of rule `sequence`, and what that rule can't keep.
void check_sequence(const Document& document, Rule chosen) {
  if (chosen != Rule::sequence) {
    if (document.number("memory.tau_slow") != MemorySpec{}.tau_slow) {
      document.fail("memory.tau_slow", "belongs to rule = \"sequence\"; allowed with that rule alone");
    }
    return;
  }
  if (document.has("memory.diagonal") && document.is_word("memory.diagonal", "keep")) {
    document.fail("memory.diagonal", "\"keep\" is not what rule = \"sequence\" makes; allowed: \"zero\"");
  }
  if (document.boolean("circuit.symmetric")) {
    document.fail("circuit.symmetric", "true can't be met by rule = \"sequence\", whose T is asymmetric; allowed: false");
  }
  for (const char* key : {"memory.margin", "memory.max_epochs", "memory.row_sum"}) {
    if (document.has(key)) document.fail(key, "is not used by rule = \"sequence\"; allowed with other rules");
  }
  for (const char* key : {"circuit.bias", "circuit.input_current", "circuit.threshold"}) {
    if (document.has(key)) document.fail(key, "is given besides rule = \"sequence\", which chooses it; allowed: one of the two");
  }
  if (std::holds_alternative<Value::Array>(document.effective("circuit.activation")->data)) {
    document.fail("circuit.activation", "is a list; allowed with rule = \"sequence\": one activation for all neurons");
  }
  if (document.is_word("circuit.activation", "table")) {
    document.fail("circuit.activation", "\"table\" need not be odd; allowed with rule = \"sequence\": the others");
  }
}

}  // namespace

MemorySpec memory(const Document& document, NeuronCount& count) {
  MemorySpec spec;
  if (document.has("memory.rule")) spec.rule = rule_named(document.choice("memory.rule"));
  check_any(document, spec.rule);
  check_sequence(document, spec.rule);
  spec.tau_slow = document.number("memory.tau_slow");
  spec.visible_only = document.boolean("memory.visible_only");
  spec.hidden_memories = document.choice("memory.hidden") == "memories";
  spec.diagonal = document.choice("memory.diagonal") == "keep" ? Diagonal::keep : Diagonal::zero;
  spec.margin = document.number("memory.margin");
  spec.max_epochs = static_cast<int>(document.integer("memory.max_epochs"));
  if (!document.has_section("memory") || draws_patterns(document)) return spec;
  PatternSet set = load(document);
  count.observe(path, set.rows.cols(), "has patterns of " + std::to_string(set.rows.cols()) + " entries");
  if (set.rows.rows() > max_patterns) {
    document.fail(path, document.file_of(path) + "has " + std::to_string(set.rows.rows()) +
                            " patterns; allowed: 1 to " + std::to_string(max_patterns));
  }
  if (spec.rule == Rule::sequence && set.rows.rows() < 2) {
    document.fail(path, document.file_of(path) + "has 1 pattern; allowed with rule = \"sequence\": 2 to " +
                            std::to_string(max_patterns));
  }
  check_entries(document, set.rows);
  check_distinct(document, set.rows);
  spec.names = names(document, set);
  spec.patterns = std::move(set.rows);
  spec.image_width = set.width;
  spec.image_height = set.height;
  restrictions(document, spec);
  return spec;
}

}  // namespace basin::resolve
