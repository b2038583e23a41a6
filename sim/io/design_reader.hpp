#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "models/design/design.hpp"

namespace basin {

/// Reads a design file and all its data. Each override is "key=value", as in "hardware.lanes=16": the value is TOML, or
/// else text as it stands. Throws InputError with file, line, key, value and what is allowed.
Design read_design(const std::filesystem::path& file, const std::vector<std::string>& overrides);

}  // namespace basin
