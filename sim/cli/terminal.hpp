#pragma once

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "sim/cli/table.hpp"
#include "sim/report/verb_page.hpp"

namespace basin::cli {

/// Where the result for a reader goes: standard output, 80 columns. Every write is checked (EnvironmentError). What is said is kept
/// too, silent or not, for the page that shows it again.
class Terminal {
 public:
  /// `silent` prints nothing (--quiet, --json). `colour` as wants_colour() says.
  Terminal(std::FILE* out, bool silent, bool colour) : out_(out), silent_(silent), colour_(colour) {}

  static constexpr int width = 80;

  /// A blank line, then a title in bold.
  void heading(std::string_view title);
  /// One paragraph, wrapped at the width with `indent` blanks in front.
  void paragraph(std::string_view text, int indent = 2, Tone tone = Tone::plain);
  /// How many of `all` rows a table leaves out that shows `most`, if any.
  void and_more(std::size_t all, std::size_t most);
  /// "  label    text", the text wrapped under itself.
  void field(std::string_view label, const Cell& value, int label_width = 14);
  void table(const Table& table);
  /// One line exactly as given: pictures.
  void line(std::string_view text = "");
  void flush();
  [[nodiscard]] bool colour() const { return colour_; }
  /// All that was said, in order.
  [[nodiscard]] const std::vector<report::Block>& said() const { return said_; }

 private:
  void print(std::string_view text = "");
  /// The last block where it is a `Block`, else a new one.
  template <class Block>
  Block& last();

  std::FILE* out_;
  bool silent_;
  bool colour_;
  std::vector<report::Block> said_;
};

/// Colours only on a tty, without --no-color, NO_COLOR (non-empty) and TERM=dumb.
bool wants_colour(std::FILE* out, bool no_color);
/// Writes all of `bytes` to `out`, or throws EnvironmentError with the reason.
void write_checked(std::FILE* out, std::string_view bytes);
/// Flushes `out`, or throws EnvironmentError with the reason.
void flush_checked(std::FILE* out);

/// A bar on standard error while something runs; nothing when that is no terminal or the user wants quiet.
class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Shows `done` of `total` of `stage`; redrawn ten times a second at most.
  void update(std::string_view stage, std::size_t done, std::size_t total);
  /// Takes the bar away; before anything else is printed.
  void clear();

 private:
  bool active_;
  bool shown_ = false;
  std::string stage_;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace basin::cli
