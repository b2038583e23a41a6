#pragma once

#include <string>
#include <string_view>

#include "models/design/design.hpp"
#include "models/design/text.hpp"

/// Numbers as a reader wants them.
namespace basin::cli {

/// "1 cue", "120 cues".
std::string counted(std::size_t count, std::string_view noun);
/// Three significant digits: "0.000363" as "3.63e-4".
std::string short_number(double value);
/// The least number of three digits that is no less than `value`, of a bound that is printed.
double up_to_three_digits(double value);
/// 2^−K as "1/32".
std::string step_text(int exponent);
/// "V" and "s", or "" and "τ" when the design is normalised.
std::string state_unit(const Design& design);
std::string time_unit(const Design& design);

}  // namespace basin::cli
