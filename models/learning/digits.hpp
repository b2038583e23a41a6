#pragma once

#include <cmath>
#include <string>

#include "models/design/text.hpp"

namespace basin {

/// `value` to three digits, for remarks and messages.
inline std::string three_digits(double value) {
  if (value == 0.0 || !std::isfinite(value)) return number_text(value);
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 2.0);
  return number_text(unit >= 1.0 ? std::round(value / unit) * unit : std::round(value / unit) / std::round(1.0 / unit));
}

}  // namespace basin
