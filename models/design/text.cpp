#include "models/design/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

namespace basin {

namespace {

void append_hex(std::string& text, unsigned char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  text += "\\x";
  text += digits[byte >> 4];
  text += digits[byte & 15U];
}

/// Independent of the locale.
std::string digits_text(double value, std::chars_format format, int digits) {
  char buffer[400];   // as many as the largest double has before its point, and some
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, format, digits);
  return {buffer, result.ptr};
}

}  // namespace

std::string printable(std::string_view text, std::size_t limit) {
  std::string result;
  for (const char c : text.substr(0, limit)) {
    if (c >= 0x20 && c < 0x7f) {
      result += c;
    } else {
      append_hex(result, static_cast<unsigned char>(c));
    }
  }
  if (text.size() > limit) result += "…";
  return result;
}

std::string one_line(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      append_hex(result, static_cast<unsigned char>(c));
    } else {
      result += c;
    }
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::string in_quotes(std::string_view text) { return "\"" + printable(text, 60) + "\""; }

std::string number_text(double value) {
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, result.ptr};
}

std::string three_digits(double value) { return digits_text(value, std::chars_format::general, 3); }

std::string grouped(std::uint64_t value) {
  std::string text = std::to_string(value);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string percent(double share) { return digits_text(100.0 * share, std::chars_format::fixed, 1) + " %"; }

std::string quantity(double value, std::string_view unit, int digits) {
  static constexpr std::array<const char*, 10> prefixes{"f", "p", "n", "µ", "m", "", "k", "M", "G", "T"};
  constexpr int none = 5;
  if (unit.empty()) return digits_text(value, std::chars_format::general, digits);
  int group = 0;
  if (unit != "τ" && value != 0.0 && std::isfinite(value)) {
    group = static_cast<int>(std::floor(std::log10(std::abs(value)) / 3.0 + 1e-9));
    if (group < -none || group > 4) group = 0;
  }
  return digits_text(value / std::pow(1000.0, group), std::chars_format::general, digits) + " " +
         prefixes[static_cast<std::size_t>(group + none)] + std::string(unit);
}

std::string alternatives(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " or " : ", ";
    text += items[i];
  }
  return text;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() > 64) return "";
  std::size_t best = word.size() / 3 + 2;
  std::string found;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

}  // namespace basin
