#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace basin::cli {

/// What a piece of text means; the terminal turns it into a colour, or into nothing.
enum class Tone { plain, strong, dim, good, bad, warn };

/// Text without line breaks, and its meaning.
struct Cell {
  std::string text;
  Tone tone = Tone::plain;
  Cell(std::string content, Tone meaning = Tone::plain)
      : text(std::move(content)), tone(meaning) {}  // NOLINT: implicit
  Cell(const char* content) : text(content) {}      // NOLINT: implicit
};

/// "yes", "no" in that tone, or "?" of what is not judged.
inline Cell answer(std::optional<bool> yes, Tone no = Tone::bad) {
  if (!yes) return Cell("?");
  return *yes ? Cell("yes", Tone::good) : Cell("no", no);
}

enum class Align { left, right };
struct Column {
  std::string title;
  Align align = Align::right;
};

/// Rows under column titles. Give every row as many cells as there are columns.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// A colourless or coloured rendering (ANSI when `colour`), every line at most `width` columns: the widest left-aligned
/// column is shortened where the table is too wide. Lines carry no trailing blanks.
std::vector<std::string> render(const Table& table, int width, bool colour);
/// `text` in the colour of `tone`, or unchanged.
std::string painted(std::string_view text, Tone tone, bool colour);

}  // namespace basin::cli
