#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/design/types.hpp"

namespace basin {

/// Reads comma-separated numbers, every row equally long: decimal point, blanks around a number, CRLF, a UTF-8 mark and a
/// missing last line end are fine; headers, quotes, NaN, infinities, empty rows between others are not. Independent of the
/// locale. Throws InputError with `file` and the line.
Matrix parse_csv(std::string_view bytes, const std::string& file);

/// Text of a table of numbers under column titles, every number the shortest that reads back.
class CsvTable {
 public:
  explicit CsvTable(const std::vector<std::string>& columns);
  /// One number a column.
  void row(std::span<const double> numbers);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::size_t columns_;
  std::string text_;
};

}  // namespace basin
