#include "sim/cli/terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "sim/cli/text.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin::cli {
namespace {

[[noreturn]] void fail() {
  throw EnvironmentError(std::string("standard output can't be written: ") + std::strerror(errno));
}

/// The text without its ANSI colours.
std::string without_colour(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = std::min(text.find('m', i), text.size() - 1);
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

void write_checked(std::FILE* out, std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), out) != bytes.size()) fail();
}

void flush_checked(std::FILE* out) {
  if (std::fflush(out) != 0 || std::ferror(out) != 0) fail();
}

bool wants_colour(std::FILE* out, bool no_color) {
  const char* refused = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  const bool able = kind != nullptr && std::strcmp(kind, "dumb") != 0;
  return !no_color && able && (refused == nullptr || *refused == '\0') && isatty(fileno(out)) == 1;
}

template <class Block>
Block& Terminal::last() {
  if (said_.empty() || !std::holds_alternative<Block>(said_.back())) said_.emplace_back(Block{});
  return std::get<Block>(said_.back());
}

void Terminal::print(std::string_view text) {
  if (silent_) return;
  write_checked(out_, text);
  write_checked(out_, "\n");
}

void Terminal::line(std::string_view text) {
  last<report::Preformatted>().text += without_colour(text) + "\n";
  print(text);
}

void Terminal::heading(std::string_view title) {
  said_.emplace_back(report::Heading{std::string(title)});
  print();
  print(painted(printable(title), Tone::strong, colour_));
}

void Terminal::paragraph(std::string_view text, int indent, Tone tone) {
  said_.emplace_back(report::Paragraph{std::string(text)});
  const std::string blanks(static_cast<std::size_t>(indent), ' ');
  for (const std::string& part : wrapped(printable(text), width - indent)) print(blanks + painted(part, tone, colour_));
}

void Terminal::and_more(std::size_t all, std::size_t most) {
  if (all > most) paragraph("and " + std::to_string(all - most) + " more in results.json", 2, Tone::dim);
}

void Terminal::field(std::string_view label, const Cell& value, int label_width) {
  auto& fields = last<report::Fields>().fields;
  if (label.empty() && !fields.empty()) {
    fields.back().second += " " + value.text;   // a further line of the same
  } else {
    fields.emplace_back(label, value.text);
  }
  const int indent = 2 + label_width + 1;
  std::string front = "  " + padded(label, label_width + 1);
  for (const std::string& part : wrapped(printable(value.text), width - indent)) {
    print(front + painted(part, value.tone, colour_));
    front.assign(static_cast<std::size_t>(indent), ' ');
  }
}

void Terminal::table(const Table& table) {
  report::Rows rows;
  rows.cells.emplace_back();
  for (const Column& column : table.columns) rows.cells.back().push_back(column.title);
  for (const auto& row : table.rows) {
    rows.cells.emplace_back();
    for (const Cell& cell : row) rows.cells.back().push_back(cell.text);
  }
  said_.emplace_back(std::move(rows));
  for (const std::string& text : render(table, width, colour_)) print(text);
}

void Terminal::flush() { flush_checked(out_); }

Progress::Progress(bool quiet) : active_(!quiet && isatty(STDERR_FILENO) == 1) {}

void Progress::update(std::string_view stage, std::size_t done, std::size_t total) {
  if (!active_ || total == 0) return;
  const auto now = std::chrono::steady_clock::now();
  const bool news = stage != stage_ || done >= total;
  if (!news && now - last_ < std::chrono::milliseconds(100)) return;
  stage_ = stage;
  last_ = now;
  constexpr std::size_t length = 30;
  const std::size_t filled = std::min(done, total) * length / total;
  std::string bar;
  for (std::size_t i = 0; i < length; ++i) bar += i < filled ? "█" : "░";
  std::fprintf(stderr, "\r\x1b[K%s %s %zu/%zu", padded(shortened(printable(stage), 28), 28).c_str(), bar.c_str(),
               std::min(done, total), total);
  std::fflush(stderr);
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace basin::cli
