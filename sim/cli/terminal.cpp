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

void Terminal::line(std::string_view text) {
  if (silent_) return;
  write_checked(out_, text);
  write_checked(out_, "\n");
}

void Terminal::heading(std::string_view title) {
  line();
  line(painted(printable(title), Tone::strong, colour_));
}

void Terminal::paragraph(std::string_view text, int indent, Tone tone) {
  const std::string blanks(static_cast<std::size_t>(indent), ' ');
  for (const std::string& part : wrapped(printable(text), width - indent)) line(blanks + painted(part, tone, colour_));
}

void Terminal::field(std::string_view label, const Cell& value, int label_width) {
  const int indent = 2 + label_width + 1;
  std::string front = "  " + padded(label, label_width + 1);
  for (const std::string& part : wrapped(printable(value.text), width - indent)) {
    line(front + painted(part, value.tone, colour_));
    front.assign(static_cast<std::size_t>(indent), ' ');
  }
}

void Terminal::table(const Table& table) {
  for (const std::string& text : render(table, width, colour_)) line(text);
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
