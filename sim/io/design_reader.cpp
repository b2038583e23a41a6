#include "sim/io/design_reader.hpp"

#include <algorithm>

#include "models/design/resolve.hpp"
#include "models/design/text.hpp"
#include "sim/io/data_source.hpp"
#include "sim/io/toml_reader.hpp"

namespace basin {

namespace {

bool is_bare(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void relocate(Value& value, const Location& where) {
  value.where = where;
  if (auto* array = std::get_if<Value::Array>(&value.data)) {
    for (Value& entry : *array) relocate(entry, where);
  } else if (auto* table = std::get_if<Value::Table>(&value.data)) {
    for (auto& [key, entry] : *table) relocate(entry, where);
  }
}

/// The value that `text` is in TOML, or `text` itself.
Value override_value(const std::string& text, const Location& where) {
  Value value{text, where};
  try {
    Value document = parse_toml("value = " + text, where.file);
    auto& entries = std::get<Value::Table>(document.data);
    if (entries.size() == 1) value = std::move(entries.begin()->second);
  } catch (const InputError&) {  // not TOML: text, as in --set simulate.t_end=auto
    value.data = text;
  }
  relocate(value, where);
  return value;
}

void apply(Value& root, const std::string& setting) {
  const Location where{"--set " + printable(setting, 60), 0};
  const std::size_t equals = setting.find('=');
  const std::string path(trimmed(std::string_view(setting).substr(0, equals)));
  const std::size_t dot = path.find('.');
  const std::string section = dot == std::string::npos ? "" : path.substr(0, dot);
  const std::string name = dot == std::string::npos ? path : path.substr(dot + 1);
  if (equals == std::string::npos || !is_bare(name) || (dot != std::string::npos && !is_bare(section))) {
    throw InputError(where, "", "is not a setting; allowed: key=value, as in hardware.lanes=16");
  }
  Value* table = &root;
  if (!section.empty()) {
    auto& sections = std::get<Value::Table>(root.data);
    table = &sections.try_emplace(section, Value{Value::Table{}, where}).first->second;
  }
  if (!table->is_table()) throw InputError(where, section, "is not a section of the design");
  std::get<Value::Table>(table->data)[name] = override_value(setting.substr(equals + 1), where);
}

}  // namespace

Design read_design(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  Value root = read_toml(file);
  for (const std::string& setting : overrides) apply(root, setting);
  return resolve_design(root, FileData(file.parent_path()));
}

}  // namespace basin
