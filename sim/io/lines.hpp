#pragma once

#include <string_view>

namespace basin {

/// The lines of a text, without their ends (LF or CRLF) and without a UTF-8 mark at the start.
class Lines {
 public:
  explicit Lines(std::string_view bytes) : rest_(bytes) {
    if (rest_.starts_with("\xef\xbb\xbf")) rest_.remove_prefix(3);
  }

  /// Goes to the next line; false at the end. A line end at the very end starts no further line.
  bool next() {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find('\n');
    text_ = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (text_.ends_with('\r')) text_.remove_suffix(1);
    ++number_;
    return true;
  }
  [[nodiscard]] std::string_view text() const { return text_; }
  /// 1 for the first line.
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool only_blank_left() const { return rest_.find_first_not_of(" \t\r\n") == std::string_view::npos; }

 private:
  std::string_view rest_;
  std::string_view text_;
  int number_ = 0;
};

}  // namespace basin
