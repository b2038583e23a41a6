#include "models/physical/slew_text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "models/design/text.hpp"

namespace basin {
namespace {

std::string plain(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0)
      kept += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return kept;
}

struct Difference {
  double factor = 0.0;
  std::string from, to;

  bool operator==(const Difference&) const = default;
};

/// What is left of a text, read piece by piece from its start.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : left_(text) {}
  bool take(std::string_view piece) {
    if (!left_.starts_with(piece)) return false;
    left_.remove_prefix(piece.size());
    return true;
  }
  std::optional<double> positive() {
    double value = 0.0;
    const auto read = std::from_chars(left_.data(), left_.data() + left_.size(), value);
    if (read.ec != std::errc{} || !std::isfinite(value) || !(value > 0.0)) return std::nullopt;
    left_.remove_prefix(static_cast<std::size_t>(read.ptr - left_.data()));
    return value;
  }
  /// factor*(v(from)-v(to))
  std::optional<Difference> difference() {
    const auto factor = positive();
    if (!factor || !take("*(v(")) return std::nullopt;
    Difference found{*factor, until(')'), ""};
    if (!take(")-v(")) return std::nullopt;
    found.to = until(')');
    return take("))") ? std::optional(found) : std::nullopt;
  }
  [[nodiscard]] bool done() const { return left_.empty(); }

 private:
  std::string until(char end) {
    const std::string word(left_.substr(0, left_.find(end)));
    left_.remove_prefix(word.size());
    return word;
  }

  std::string_view left_;
};

}  // namespace

std::string slew_text(const SlewExpression& source) {
  const std::string z = number_text(source.per_volt / source.limit) + "*(V(" + source.from + ")-V(" + source.to + "))";
  return number_text(source.limit) + "*0.5*(abs(" + z + "+1)-abs(" + z + "-1))";
}

std::optional<SlewExpression> parse_slew(std::string_view text) {
  const std::string given = plain(text);
  Pieces pieces(given);
  const auto limit = pieces.positive();
  if (!limit || !pieces.take("*0.5*(abs(")) return std::nullopt;
  const auto first = pieces.difference();
  if (!first || !pieces.take("+1)-abs(")) return std::nullopt;
  const auto second = pieces.difference();
  if (!second || !pieces.take("-1))") || !pieces.done() || *first != *second) return std::nullopt;
  return SlewExpression{first->from, first->to, first->factor * *limit, *limit};
}

}  // namespace basin
