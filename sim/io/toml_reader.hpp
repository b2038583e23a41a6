#pragma once

#include <filesystem>
#include <string_view>

#include "models/design/value.hpp"

namespace basin {

inline constexpr std::size_t max_toml_bytes = std::size_t{1} << 20;
inline constexpr int max_toml_depth = 32;

/// Reads a TOML file into located values. Size, NUL bytes and nesting (brackets, parts of a dotted key) are checked
/// before the parser sees a byte. Throws InputError with file and line.
Value read_toml(const std::filesystem::path& file);
/// The same for text; `file` names it in messages and locations.
Value parse_toml(std::string_view text, const std::string& file);

}  // namespace basin
