#include "sim/io/csv.hpp"

#include <charconv>
#include <cmath>
#include <vector>

#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "sim/io/lines.hpp"

namespace basin {

namespace {

/// What is wrong with a cell, or "" and its number.
std::string read_number(std::string_view cell, double& number) {
  std::string_view digits = cell;
  if (digits.size() > 1 && digits[0] == '+' && digits[1] != '-') digits.remove_prefix(1);
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (result.ec == std::errc::result_out_of_range) return "is beyond the range of a double";
  if (result.ec != std::errc{} || result.ptr != digits.data() + digits.size()) return "is not a number";
  return std::isfinite(number) ? "" : "is not finite";
}

/// Appends the numbers of one line and returns how many they are.
std::size_t read_row(std::string_view line, const Location& where, std::vector<double>& numbers) {
  std::size_t column = 0;
  while (true) {
    const std::size_t comma = line.find(',');
    const std::string_view cell = trimmed(line.substr(0, comma));
    double number = 0.0;
    ++column;
    if (const std::string problem = read_number(cell, number); !problem.empty()) {
      throw InputError(where, "column " + std::to_string(column),
                       in_quotes(cell) + " " + problem + "; allowed: finite decimal numbers separated by commas");
    }
    numbers.push_back(number);
    if (comma == std::string_view::npos) return column;
    line.remove_prefix(comma + 1);
  }
}

}  // namespace

Matrix parse_csv(std::string_view bytes, const std::string& file) {
  std::vector<double> numbers;
  std::size_t columns = 0;
  Lines lines(bytes);
  while (lines.next()) {
    const Location where{file, lines.number()};
    if (trimmed(lines.text()).empty()) {
      if (lines.only_blank_left()) break;
      throw InputError(where, "", "is empty; allowed: a row of numbers");
    }
    const std::size_t count = read_row(lines.text(), where, numbers);
    if (columns == 0) columns = count;
    if (count != columns) {
      throw InputError(where, "",
                       "has " + std::to_string(count) + " columns; allowed: " + std::to_string(columns) +
                           ", as in the rows before it");
    }
  }
  if (columns == 0) throw InputError(Location{file, 0}, "", "holds no numbers; allowed: rows of numbers");
  const auto rows = static_cast<Index>(numbers.size() / columns);
  return Eigen::Map<const Matrix>(numbers.data(), rows, static_cast<Index>(columns));
}

}  // namespace basin
