#include "models/design/document.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

#include "models/design/text.hpp"

namespace basin {

namespace {

/// The value that TOML text of the schema stands for: "text", true, false, 12, 1e-3.
Value literal(std::string_view text) {
  Value value;
  double number = 0.0;
  std::int64_t integer = 0;
  const char* end = text.data() + text.size();
  if (text.starts_with('"')) {
    value.data = std::string(text.substr(1, text.size() - 2));
  } else if (text == "true" || text == "false") {
    value.data = text == "true";
  } else if (const auto result = std::from_chars(text.data(), end, integer); result.ptr == end) {
    value.data = integer;
  } else {
    const auto real = std::from_chars(text.data(), end, number);
    assert(real.ptr == end);
    static_cast<void>(real);
    value.data = number;
  }
  return value;
}

const Value* member(const Value& table, std::string_view name) {
  const auto* entries = std::get_if<Value::Table>(&table.data);
  if (entries == nullptr) return nullptr;
  const auto found = entries->find(std::string(name));
  return found == entries->end() ? nullptr : &found->second;
}

double as_double(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) return static_cast<double>(*integer);
  return std::get<double>(value.data);
}

bool is_power_of_two(std::int64_t value) { return value > 0 && (value & (value - 1)) == 0; }

std::string bytes_text(double bytes) {
  const std::vector<std::string> units{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  std::size_t unit = 0;
  while (bytes >= 1000.0 && unit + 1 < units.size()) {
    bytes /= 1000.0;
    ++unit;
  }
  return number_text(std::round(bytes * 10.0) / 10.0) + " " + units[unit];
}

std::vector<std::string> key_names(std::string_view section) {
  std::vector<std::string> names;
  for (const Key& key : schema()) {
    if (key.section == section) names.emplace_back(key.name);
  }
  if (section.empty()) {
    for (const Section& each : sections()) names.emplace_back(each.name);
  }
  return names;
}

}  // namespace

std::string too_many_neurons(double neurons) {
  return "is too large: six matrices of N × N numbers take " + bytes_text(48.0 * neurons * neurons) +
         "; allowed: a whole number from 1 to " + std::to_string(max_neurons) + " (" +
         bytes_text(48.0 * max_neurons * max_neurons) + ")";
}

std::string shown(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.data)) return in_quotes(*text);
  if (const auto* flag = std::get_if<bool>(&value.data)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&value.data)) return number_text(*number);
  return value.is_array() ? "a list" : "a table";
}

Document::Document(const Value& root, const DataSource& data) : root_(root), data_(data) {
  for (const Key& key : schema()) {
    if (!key.fallback.empty()) defaults_.emplace(key.path(), literal(key.fallback));
  }
  check_known();
  const bool bare = has_section("capacity") && !has_section("circuit");
  units_ = choice("circuit.units") == "physical" && !bare ? Units::physical : Units::normalised;
}

void Document::check_known() const {
  const auto& entries = std::get<Value::Table>(root_.data);
  for (const auto& [name, value] : entries) {
    const auto all = sections();
    const auto section = std::find_if(all.begin(), all.end(), [&](const Section& each) { return each.name == name; });
    if (section != all.end()) {
      check_section(*section, value);
    } else if (name != "name") {
      reject_unknown(value, "", name);
    }
  }
}

void Document::check_section(const Section& section, const Value& table) const {
  const std::string name(section.name);
  if (!table.is_table()) {
    throw InputError(table.where, name,
                     shown(table) + " is not a section; allowed: [" + name + "] and its keys below it");
  }
  const std::vector<std::string> known = key_names(section.name);
  for (const auto& [key, value] : std::get<Value::Table>(table.data)) {
    if (std::find(known.begin(), known.end(), key) == known.end()) reject_unknown(value, section.name, key);
  }
}

void Document::reject_unknown(const Value& value, std::string_view section, const std::string& name) const {
  const std::vector<std::string> known = key_names(section);
  const std::string suggestion = nearest(name, known);
  const std::string path = section.empty() ? name : std::string(section) + "." + name;
  std::string problem = "unknown key";
  if (!suggestion.empty()) problem += "; did you mean " + suggestion + "?";
  if (suggestion.empty()) problem += "; allowed" + (section.empty() ? "" : " in [" + std::string(section) + "]") + ": ";
  if (suggestion.empty()) problem += alternatives(known);
  throw InputError(value.where, path, problem);
}

const Value* Document::find(std::string_view path) const {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return member(root_, path);
  const Value* section = member(root_, path.substr(0, dot));
  return section == nullptr ? nullptr : member(*section, path.substr(dot + 1));
}

bool Document::has_section(std::string_view section) const { return member(root_, section) != nullptr; }

const Value* Document::effective(std::string_view path) const {
  if (const Value* value = find(path)) return value;
  const auto found = defaults_.find(path);
  return found == defaults_.end() ? nullptr : &found->second;
}

Location Document::where(std::string_view path) const {
  if (const Value* value = find(path)) return value->where;
  const Value* section = member(root_, path.substr(0, path.find('.')));
  return section == nullptr ? root_.where : section->where;
}

void Document::fail(std::string_view path, const std::string& problem) const {
  throw InputError(where(path), std::string(path), problem);
}

void Document::reject(const Value& value, const Key& key, const std::string& why) const {
  const std::string reason = why.empty() ? "is not allowed" : why;
  const Location place = value.where.file.empty() ? where(key.path()) : value.where;
  throw InputError(place, key.path(), shown(value) + " " + reason + "; allowed: " + allowed(key, units_));
}

void Document::check_range(double number, const Value& value, const Key& key) const {
  if (key.path() == "circuit.neurons" && number > max_neurons) {
    throw InputError(value.where, key.path(), shown(value) + " " + too_many_neurons(number));
  }
  if (!std::isfinite(number)) reject(value, key, "is not finite");
  if (number < key.low) reject(value, key, "is too small");
  if (number > key.high) reject(value, key, "is too large");
}

bool Document::boolean(std::string_view path) const {
  const Value* value = effective(path);
  const auto* flag = std::get_if<bool>(&value->data);
  if (flag == nullptr) reject(*value, schema_key(path));
  return *flag;
}

std::int64_t Document::whole(const Value& value, const Key& key) const {
  const auto* integer = std::get_if<std::int64_t>(&value.data);
  if (integer == nullptr) reject(value, key, value.is_number() ? "is not a whole number" : "");
  check_range(static_cast<double>(*integer), value, key);
  if (key.kind == Kind::power_of_two && !is_power_of_two(*integer)) reject(value, key, "is not a power of two");
  return *integer;
}

std::int64_t Document::integer(std::string_view path) const { return whole(*effective(path), schema_key(path)); }

double Document::number(std::string_view path) const { return scalar(*effective(path), schema_key(path)); }

bool Document::is_word(std::string_view path, std::string_view word) const {
  const Value* value = effective(path);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->data);
  return text != nullptr && *text == word;
}

bool Document::is_auto(std::string_view path) const { return !schema_key(path).words.empty() && is_word(path, "auto"); }

std::optional<std::int64_t> Document::optional_integer(std::string_view path) const {
  const Value* value = effective(path);
  if (value == nullptr || is_auto(path)) return std::nullopt;
  return whole(*value, schema_key(path));
}

std::optional<double> Document::optional_number(std::string_view path) const {
  const Value* value = effective(path);
  if (value == nullptr || is_auto(path)) return std::nullopt;
  return scalar(*value, schema_key(path));
}

std::string Document::choice(std::string_view path) const {
  const Key& key = schema_key(path);
  const Value* value = effective(path);
  const auto* text = std::get_if<std::string>(&value->data);
  if (text == nullptr || std::find(key.words.begin(), key.words.end(), *text) == key.words.end()) reject(*value, key);
  return *text;
}

double Document::scalar(const Value& value, const Key& key) const {
  double number = 0.0;
  if (value.is_number()) {
    number = as_double(value);
  } else if (const auto* text = std::get_if<std::string>(&value.data);
             text != nullptr && (units_ == Units::physical || key.always_si) && key.dimension != Dimension::none) {
    const Quantity quantity = parse_quantity(*text, key.dimension);
    if (!quantity.error.empty()) reject(value, key, quantity.error);
    number = quantity.value;
  } else {
    reject(value, key, "is not a number");
  }
  check_range(number, value, key);
  return number + 0.0;  // −0 becomes 0
}

}  // namespace basin
