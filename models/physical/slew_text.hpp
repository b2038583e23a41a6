#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace basin {

/// A current source as a circuit simulator's expression: per_volt·(V(from) − V(to)) within ±limit. Into a capacitor it is a pole
/// that slews.
struct SlewExpression {
  std::string from, to;     // nodes
  double per_volt = 1.0;    // S
  double limit = 1.0;       // A
};

/// Its text, of functions that ngspice, Xyce and LTspice share.
std::string slew_text(const SlewExpression& source);

/// Reads such a text back, blanks and case ignored; nothing when it is anything else.
std::optional<SlewExpression> parse_slew(std::string_view text);

}  // namespace basin
