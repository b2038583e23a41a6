#pragma once

#include <string>
#include <string_view>

#include "models/design/types.hpp"

namespace basin {

/// Reads comma-separated numbers, every row equally long: decimal point, blanks around a number, CRLF, a UTF-8 mark and
/// a missing last line end are fine; headers, quotes, NaN, infinities, empty rows between others are not. Independent
/// of the locale. Throws InputError with `file` and the line.
Matrix parse_csv(std::string_view bytes, const std::string& file);

}  // namespace basin
