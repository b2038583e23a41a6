#pragma once

#include <string>
#include <string_view>

#include "models/design/text.hpp"

/// Text and numbers as an HTML page holds them.
namespace basin::report {

/// `text` as character data or as a quoted attribute's value. Control characters and those that turn the direction of
/// writing become \u{XXXX}, bytes that are no UTF-8 the replacement character, and what is longer than `limit`
/// characters is cut with "…".
std::string escaped(std::string_view text, std::size_t limit = 200);
/// `text` as a JSON string within a script element, quotes included: `<` and everything beyond ASCII as \uXXXX.
std::string json_string(std::string_view text);
/// `digits` significant digits: "0.0363", "1.2e-7".
std::string short_number(double value, int digits = 3);
/// A word of a command line, in single quotes where a shell needs them.
std::string shell_word(std::string_view word);
/// The base64 text of `bytes`, padded.
std::string base64(std::string_view bytes);

}  // namespace basin::report
