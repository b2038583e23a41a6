#include "models/design/units.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "models/design/text.hpp"

namespace basin {

namespace {

struct Spelling {
  std::string_view text;
  Dimension dimension;
};
// The first spelling of a dimension is the one shown.
constexpr std::array<Spelling, 12> spellings{{
    {"F", Dimension::farad},
    {"ohm", Dimension::ohm},
    {"Ohm", Dimension::ohm},
    {"Ω", Dimension::ohm},
    {"\u2126", Dimension::ohm},
    {"S", Dimension::siemens},
    {"V", Dimension::volt},
    {"A", Dimension::ampere},
    {"s", Dimension::second},
    {"Hz", Dimension::hertz},
    {"K", Dimension::kelvin},
    {"V/s", Dimension::volt_per_second},
}};

constexpr std::array<std::pair<std::string_view, int>, 12> prefixes{{
    {"", 0},
    {"f", -15},
    {"p", -12},
    {"n", -9},
    {"u", -6},
    {"µ", -6},
    {"\u03bc", -6},
    {"m", -3},
    {"k", 3},
    {"M", 6},
    {"G", 9},
    {"T", 12},
}};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Length of the decimal digits and point at the start of `text`, after a sign.
std::size_t mantissa_length(std::string_view text) {
  std::size_t i = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  while (i < text.size() && (is_digit(text[i]) || text[i] == '.')) ++i;
  return i;
}

/// Reads an exponent "e-3" at the start of `text`; its length, or 0 when there is none.
std::size_t read_exponent(std::string_view text, int& exponent) {
  if (text.empty() || (text[0] != 'e' && text[0] != 'E')) return 0;
  const std::size_t skip = text.size() > 1 && text[1] == '+' ? 2 : 1;
  const auto result = std::from_chars(text.data() + skip, text.data() + text.size(), exponent);
  if (result.ec != std::errc{} || std::abs(exponent) > 400) return 0;
  return static_cast<std::size_t>(result.ptr - text.data());
}

/// The power of ten of a prefixed unit, if `text` is one of `dimension`.
bool read_unit(std::string_view text, Dimension dimension, int& power) {
  for (const Spelling& unit : spellings) {
    if (unit.dimension != dimension || !text.ends_with(unit.text)) continue;
    const std::string_view prefix = text.substr(0, text.size() - unit.text.size());
    for (const auto& [symbol, exponent] : prefixes) {
      if (prefix == symbol) {
        power = exponent;
        return true;
      }
    }
  }
  return false;
}

Quantity failure(std::string error) { return {0.0, std::move(error)}; }

}  // namespace

std::string_view unit_name(Dimension dimension) {
  for (const Spelling& unit : spellings) {
    if (unit.dimension == dimension) return unit.text;
  }
  return "";
}

std::string unit_help(Dimension dimension) {
  const std::string unit(unit_name(dimension));
  const std::string prefix = dimension == Dimension::ohm ? "k" : "n";
  return "text with a unit, " + unit + " with or without a prefix f p n u m k M G T, as in \"10 " + prefix + unit +
         "\"";
}

Quantity parse_quantity(std::string_view text, Dimension dimension) {
  const std::string_view whole = trimmed(text);
  const std::size_t digits = mantissa_length(whole);
  int exponent = 0;
  const std::size_t exponent_length = read_exponent(whole.substr(digits), exponent);
  const std::string_view unit = trimmed(whole.substr(digits + exponent_length));
  if (digits == 0 || digits > 60) return failure("is not a number with a unit");
  if (unit.empty()) return failure("has no unit");
  int power = 0;
  if (!read_unit(unit, dimension, power)) return failure("has the wrong unit " + in_quotes(unit));
  const std::string_view mantissa =
      whole.substr(whole.starts_with('+') ? 1 : 0, digits - (whole.starts_with('+') ? 1 : 0));
  const std::string decimal = std::string(mantissa) + "e" + std::to_string(exponent + power);
  double value = 0.0;
  const auto result = std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  if (result.ec != std::errc{} || result.ptr != decimal.data() + decimal.size()) {
    return failure("is not a number with a unit");
  }
  return {value, ""};
}

}  // namespace basin
