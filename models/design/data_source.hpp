#pragma once

#include <string>
#include <vector>

#include "models/design/types.hpp"
#include "models/design/value.hpp"

namespace basin {

/// Patterns as a file holds them: a row a pattern. Entries are those of the file; the design decides whether they are
/// ±1.
struct PatternSet {
  Matrix rows;
  std::vector<std::string> names;  // one a row, or empty
  int width = 0;                   // of the pictures; 0 when the file has none
  int height = 0;
};

/// Where a design's data comes from: sim/io reads files, tests give numbers. Both functions throw InputError that names
/// the place of `reference` in the design, the key, and what is wrong with the data.
class DataSource {
 public:
  virtual ~DataSource() = default;
  /// The finite numbers of the csv or npy file that `reference` (a text) names; one-dimensional arrays are one column.
  [[nodiscard]] virtual Matrix matrix(const Value& reference, const std::string& key) const = 0;
  /// The patterns of the file that `reference` names, or of the pictures that it holds (text with line breaks).
  [[nodiscard]] virtual PatternSet patterns(const Value& reference, const std::string& key) const = 0;
};

}  // namespace basin
