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

/// Reads one portable greymap, P2 or P5 of 8 or 16 bits: darker than half of white is the entry 1, the rest −1. Throws
/// InputError with `file`.
PatternSet parse_pgm(std::string_view bytes, const std::string& file);

/// Reads one PNG picture of any kind, as greys on white: darker than half of white (sRGB 128 of 255) is the entry 1, the
/// rest −1. Refuses what libpng would only warn about, and sizes beyond a design before it unpacks. Throws InputError
/// with `file`.
PatternSet parse_png(std::string_view bytes, const std::string& file);

}  // namespace basin
