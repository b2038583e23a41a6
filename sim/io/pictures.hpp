#pragma once

#include <string>
#include <string_view>

#include "models/design/data_source.hpp"

namespace basin {

/// Reads pictures drawn in text: `#` is 1, `.` is −1, lines of equal length, blank lines between pictures, all of one
/// size. "name: A" names the picture after it (all or none are named); lines that start with ";" are comments. Throws
/// InputError with `file` and the line.
PatternSet parse_text_art(std::string_view bytes, const std::string& file);

/// Reads one portable bitmap, P1 or P4: 1 (black) is the entry 1, 0 is −1. Throws InputError with `file`.
PatternSet parse_pbm(std::string_view bytes, const std::string& file);

}  // namespace basin
