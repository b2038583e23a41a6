#pragma once

#include <string>

#include "models/design/design.hpp"

namespace basin {

/// The resolved design as JSON in one spelling: keys sorted, no blanks, the shortest numbers that read back, all data
/// written out. The design's name and its files' names and picture sizes are no part of it.
std::string canonical_json(const Design& design);
/// design.id: SHA-256 of canonical_json(), hexadecimal.
std::string design_id(const Design& design);

}  // namespace basin
