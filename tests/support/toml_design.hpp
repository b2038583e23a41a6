#pragma once

#include <filesystem>
#include <string>

#include "models/design/resolve.hpp"
#include "sim/io/data_source.hpp"
#include "sim/io/toml_reader.hpp"

namespace basin::test {

/// The design that `text` is, its files looked for in `folder`.
inline Design toml_design(const std::string& text, const std::filesystem::path& folder = {}) {
  return resolve_design(parse_toml(text, "test.toml"), FileData(folder));
}

/// [[1, -1], …] of ±1 patterns.
inline std::string rows_text(const Matrix& patterns) {
  std::string text = "[";
  for (Index m = 0; m < patterns.rows(); ++m) {
    text += m == 0 ? "[" : ", [";
    for (Index i = 0; i < patterns.cols(); ++i) text += std::string(i == 0 ? "" : ", ") + (patterns(m, i) > 0.0 ? "1" : "-1");
    text += "]";
  }
  return text + "]";
}

}  // namespace basin::test
