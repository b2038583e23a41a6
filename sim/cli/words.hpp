#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "models/design/design.hpp"

/// Numbers as a reader wants them.
namespace basin::cli {

/// "1 cue", "120 cues".
std::string counted(std::size_t count, std::string_view noun);
/// 1234567 as "1,234,567".
std::string grouped(std::uint64_t value);
/// 0.025 as "2.5 %".
std::string percent(double share);
/// Three significant digits: "0.000363" as "3.63e-4".
std::string short_number(double value);
/// `digits` significant digits with an SI prefix: 1.3e-6 and "s" as "1.3 µs". No prefix for "τ", no unit for "".
std::string quantity(double value, std::string_view unit, int digits = 3);
/// 2^−K as "1/32".
std::string step_text(int exponent);
/// "V" and "s", or "" and "τ" when the design is normalised.
std::string state_unit(const Design& design);
std::string time_unit(const Design& design);

}  // namespace basin::cli
