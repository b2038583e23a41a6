#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "models/design/data_source.hpp"
#include "models/design/error.hpp"
#include "models/design/schema.hpp"
#include "models/design/text.hpp"

namespace basin {

/// Walks through a portable anymap (pbm, pgm): the numbers of its head, and what is left after them. Throws InputError
/// that names the file.
class PnmCursor {
 public:
  PnmCursor(std::string_view bytes, const std::string& file) : rest_(bytes), file_(file) {}

  [[nodiscard]] std::string_view rest() const { return rest_; }
  void skip(std::size_t bytes) { rest_.remove_prefix(bytes); }
  [[noreturn]] void refuse(const std::string& problem) const { throw InputError(Location{file_, 0}, "", problem); }

  void skip_blanks_and_comments() {
    while (!rest_.empty() && (is_blank(rest_.front()) || rest_.front() == '#')) {
      const std::size_t end = rest_.front() == '#' ? rest_.find('\n') : 0;
      skip(end == std::string_view::npos ? rest_.size() : end + 1);
    }
  }

  /// The next number, refused as `what` outside least…most.
  int number(const std::string& what, int least, int most) {
    skip_blanks_and_comments();
    int value = 0;
    const auto result = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (result.ec != std::errc{} || value < least || value > most) {
      refuse("has a bad " + what + "; allowed: " + std::to_string(least) + " to " + std::to_string(most));
    }
    skip(static_cast<std::size_t>(result.ptr - rest_.data()));
    return value;
  }

  /// One row of width × height entries, after those two numbers.
  PatternSet sized_set() {
    const int width = number("width or height", 1, max_neurons);
    const int height = number("width or height", 1, max_neurons);
    if (width > max_neurons / height) {
      refuse("has " + std::to_string(width) + " × " + std::to_string(height) + " pixels; allowed: 1 to " +
             std::to_string(max_neurons));
    }
    PatternSet set;
    set.width = width;
    set.height = height;
    set.rows.resize(1, Index{width} * height);
    return set;
  }

  /// Goes over the one blank before packed pixels, and refuses any other number of their bytes than `bytes`.
  void enter_packed(std::size_t bytes) {
    if (rest_.empty() || !is_blank(rest_.front())) refuse("has no blank before its pixels");
    skip(1);
    if (rest_.size() != bytes) {
      refuse("holds " + std::to_string(rest_.size()) + " bytes of pixels; its size says " + std::to_string(bytes));
    }
  }

  /// Refuses anything but blanks and comments after the last plain pixel.
  void expect_end() {
    skip_blanks_and_comments();
    if (!rest_.empty()) refuse("goes on after its last pixel");
  }

  /// Refuses a file of plain pixels that ends before pixel `i` of `pixels`.
  void expect_pixel(Index i, Index pixels) {
    skip_blanks_and_comments();
    if (rest_.empty()) refuse("ends after " + std::to_string(i) + " of " + std::to_string(pixels) + " pixels");
  }

 private:
  static constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
  }

  std::string_view rest_;
  std::string file_;
};

}  // namespace basin
