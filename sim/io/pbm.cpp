#include <charconv>

#include "models/design/error.hpp"
#include "models/design/schema.hpp"
#include "models/design/text.hpp"
#include "sim/io/pictures.hpp"

namespace basin {

namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'; }

class PbmReader {
 public:
  PbmReader(std::string_view bytes, const std::string& file) : rest_(bytes), file_(file) {}

  PatternSet read() {
    const bool plain = rest_.starts_with("P1");
    if (!plain && !rest_.starts_with("P4")) refuse("is no portable bitmap; allowed: P1 or P4");
    rest_.remove_prefix(2);
    const int width = dimension();
    const int height = dimension();
    if (width > max_neurons / height) {
      refuse("has " + std::to_string(width) + " × " + std::to_string(height) + " pixels; allowed: 1 to " +
             std::to_string(max_neurons));
    }
    PatternSet set;
    set.width = width;
    set.height = height;
    set.rows.resize(1, Index{width} * height);
    plain ? read_plain(set.rows) : read_packed(set.rows, width, height);
    return set;
  }

 private:
  [[noreturn]] void refuse(const std::string& problem) const { throw InputError(Location{file_, 0}, "", problem); }

  void skip_blanks_and_comments() {
    while (!rest_.empty() && (is_blank(rest_.front()) || rest_.front() == '#')) {
      const std::size_t end = rest_.front() == '#' ? rest_.find('\n') : 0;
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    }
  }

  int dimension() {
    skip_blanks_and_comments();
    int value = 0;
    const auto result = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (result.ec != std::errc{} || value < 1 || value > max_neurons) {
      refuse("has a bad width or height; allowed: 1 to " + std::to_string(max_neurons));
    }
    rest_.remove_prefix(static_cast<std::size_t>(result.ptr - rest_.data()));
    return value;
  }

  void read_plain(Matrix& pixels) {
    for (Index i = 0; i < pixels.size(); ++i) {
      skip_blanks_and_comments();
      if (rest_.empty()) refuse("ends after " + std::to_string(i) + " of " + std::to_string(pixels.size()) + " pixels");
      if (rest_.front() != '0' && rest_.front() != '1')
        refuse(quoted(rest_.substr(0, 1)) + " is no pixel; allowed: 0 or 1");
      pixels(0, i) = rest_.front() == '1' ? 1.0 : -1.0;
      rest_.remove_prefix(1);
    }
    skip_blanks_and_comments();
    if (!rest_.empty()) refuse("goes on after its last pixel");
  }

  void read_packed(Matrix& pixels, int width, int height) {
    if (rest_.empty() || !is_blank(rest_.front())) refuse("has no blank before its pixels");
    rest_.remove_prefix(1);
    const auto stride = static_cast<std::size_t>((width + 7) / 8);
    if (rest_.size() != stride * static_cast<std::size_t>(height)) {
      refuse("holds " + std::to_string(rest_.size()) + " bytes of pixels; its size says " +
             std::to_string(stride * static_cast<std::size_t>(height)));
    }
    for (Index y = 0; y < height; ++y) {
      for (Index x = 0; x < width; ++x) {
        const auto byte =
            static_cast<unsigned char>(rest_[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x / 8)]);
        pixels(0, y * width + x) = (byte >> (7 - x % 8) & 1U) != 0 ? 1.0 : -1.0;
      }
    }
  }

  std::string_view rest_;
  std::string file_;
};

}  // namespace

PatternSet parse_pbm(std::string_view bytes, const std::string& file) { return PbmReader(bytes, file).read(); }

}  // namespace basin
