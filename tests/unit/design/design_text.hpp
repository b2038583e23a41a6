#pragma once

#include <map>
#include <string>

#include "models/design/resolve.hpp"
#include "sim/io/toml_reader.hpp"

namespace basin {

/// Data by name, without files.
class FakeData : public DataSource {
 public:
  std::map<std::string, Matrix> matrices;
  std::map<std::string, PatternSet> sets;

  [[nodiscard]] Matrix matrix(const Value& reference, const std::string& key) const override {
    const auto found = matrices.find(std::get<std::string>(reference.data));
    if (found == matrices.end()) throw InputError(reference.where, key, "no such data");
    return found->second;
  }
  [[nodiscard]] PatternSet patterns(const Value& reference, const std::string& key) const override {
    const auto found = sets.find(std::get<std::string>(reference.data));
    if (found == sets.end()) throw InputError(reference.where, key, "no such patterns");
    return found->second;
  }
};

inline Design resolved(const std::string& text, const FakeData& data = {}) {
  return resolve_design(parse_toml(text, "d.toml"), data);
}

/// The message of the error that `text` causes, or "" when it is accepted.
inline std::string refusal(const std::string& text, const FakeData& data = {}) {
  try {
    resolved(text, data);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace basin
