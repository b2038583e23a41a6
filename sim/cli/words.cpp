#include "sim/cli/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace basin::cli {

std::string counted(std::size_t count, std::string_view noun) {
  if (count == 1) return fmt::format("1 {}", noun);
  const std::string shown = grouped(count);
  return noun.ends_with('y') ? fmt::format("{} {}ies", shown, noun.substr(0, noun.size() - 1)) : fmt::format("{} {}s", shown, noun);
}

std::string short_number(double value) {
  const double size = std::abs(value);
  if (value == 0) return "0";
  if (size >= 0.01 && size < 999.5) {
    const int digits_before = static_cast<int>(std::floor(std::log10(size))) + 1;
    return fmt::format("{:.{}f}", value, std::max(0, 3 - digits_before));
  }
  std::string text = fmt::format("{:.2e}", value);  // 3.63e-04 → 3.63e-4
  const std::size_t exponent = text.find('e') + 2;
  if (exponent < text.size() && text[exponent] == '0') text.erase(exponent, 1);
  return text;
}

double up_to_three_digits(double value) {
  if (!(value > 0.0) || !std::isfinite(value)) return value;
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 2.0);
  return std::ceil(value / unit * (1.0 - 1e-12)) * unit;
}

std::string step_text(int exponent) { return exponent == 0 ? "1" : fmt::format("1/{}", std::uint64_t{1} << exponent); }

std::string state_unit(const Design& design) { return design.circuit.units == Units::physical ? "V" : ""; }

std::string time_unit(const Design& design) { return design.circuit.units == Units::physical ? "s" : "τ"; }

}  // namespace basin::cli
