#pragma once

#include <string>
#include <string_view>

namespace basin {

/// What a physical value measures.
enum class Dimension { none, farad, ohm, siemens, volt, ampere, second, hertz, kelvin, volt_per_second };

/// The unit as a user writes it: "F", "ohm", …; "" for none.
std::string_view unit_name(Dimension dimension);
/// How a value of this dimension may be spelt, for messages: "text with a unit, F with or without a prefix …".
std::string unit_help(Dimension dimension);

/// The outcome of reading a quantity: `error` is empty when `value` holds.
struct Quantity {
  double value = 0.0;  // SI base units
  std::string error;
};
/// Reads "10 pF", "100kΩ", "1e3 ohm", "2 mS": a decimal number, blanks or none, an SI prefix or none, the unit. The
/// result is the double nearest to the decimal value, so "10 pF" and 1e-11 are the same number. Independent of the
/// locale.
Quantity parse_quantity(std::string_view text, Dimension dimension);

}  // namespace basin
