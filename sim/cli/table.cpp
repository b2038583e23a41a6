#include "sim/cli/table.hpp"

#include <algorithm>
#include <numeric>

#include "sim/cli/text.hpp"

namespace basin::cli {
namespace {

constexpr int gap = 2;  // blanks between columns, and before the first
constexpr int narrowest = 6;

const char* code_of(Tone tone) {
  switch (tone) {
    case Tone::strong:
      return "1";
    case Tone::dim:
      return "2";
    case Tone::good:
      return "32";
    case Tone::bad:
      return "1;31";
    case Tone::warn:
      return "33";
    case Tone::plain:
      break;
  }
  return "";
}

std::vector<int> natural_widths(const Table& table) {
  std::vector<int> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    int width = display_width(table.columns[c].title);
    for (const auto& row : table.rows) width = std::max(width, display_width(printable(row[c].text)));
    widths.push_back(width);
  }
  return widths;
}

int total(const std::vector<int>& widths) {
  return std::accumulate(widths.begin(), widths.end(), 0) + gap * static_cast<int>(widths.size());
}

/// Takes what is too much from the widest left-aligned column, again and again.
void fit(std::vector<int>& widths, const Table& table, int width) {
  while (total(widths) > width) {
    std::size_t widest = widths.size();
    for (std::size_t c = 0; c < widths.size(); ++c) {
      const bool may_shrink = table.columns[c].align == Align::left && widths[c] > narrowest;
      if (may_shrink && (widest == widths.size() || widths[c] > widths[widest])) widest = c;
    }
    if (widest == widths.size()) return;
    --widths[widest];
  }
}

std::string line_of(const std::vector<Cell>& cells, const std::vector<int>& widths, const Table& table, bool colour) {
  std::string line;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const bool right = table.columns[c].align == Align::right;
    const bool last = c + 1 == cells.size();
    const std::string text = shortened(printable(cells[c].text), widths[c]);
    const std::string blanks(static_cast<std::size_t>(std::max(0, widths[c] - display_width(text))), ' ');
    line.append(gap, ' ');
    if (right) line += blanks;
    line += painted(text, cells[c].tone, colour);
    if (!right && !last) line += blanks;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string painted(std::string_view text, Tone tone, bool colour) {
  if (!colour || tone == Tone::plain || text.empty()) return std::string(text);
  return std::string("\x1b[") + code_of(tone) + "m" + std::string(text) + "\x1b[0m";
}

std::vector<std::string> render(const Table& table, int width, bool colour) {
  std::vector<int> widths = natural_widths(table);
  fit(widths, table, width);
  std::vector<Cell> titles;
  for (const Column& column : table.columns) titles.emplace_back(column.title, Tone::dim);
  std::vector<std::string> lines{line_of(titles, widths, table, colour)};
  for (const auto& row : table.rows) lines.push_back(line_of(row, widths, table, colour));
  return lines;
}

}  // namespace basin::cli
