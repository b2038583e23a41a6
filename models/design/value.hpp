#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "models/design/error.hpp"

namespace basin {

/// A parsed value that remembers where it stood: what sim/io makes of a TOML file, and all that design resolution sees.
struct Value {
  using Array = std::vector<Value>;
  using Table = std::map<std::string, Value>;
  std::variant<bool, std::int64_t, double, std::string, Array, Table> data;
  Location where;

  [[nodiscard]] bool is_table() const { return std::holds_alternative<Table>(data); }
  [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(data); }
  [[nodiscard]] bool is_string() const { return std::holds_alternative<std::string>(data); }
  [[nodiscard]] bool is_number() const {
    return std::holds_alternative<double>(data) || std::holds_alternative<std::int64_t>(data);
  }
};

}  // namespace basin
