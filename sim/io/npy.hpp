#pragma once

#include <string>
#include <string_view>

#include "models/design/types.hpp"

namespace basin {

/// Reads a NumPy array file strictly: format 1.0 or 2.0, header of at most 64 KiB, types f4 f8 i1 i2 i4 i8
/// (little-endian), C order, one or two dimensions (one makes a column), exactly as many bytes as the shape says,
/// finite numbers, integers that a double holds. The header is parsed, never evaluated. Throws InputError with `file`.
Matrix parse_npy(std::string_view bytes, const std::string& file);

}  // namespace basin
