#pragma once

#include "models/design/data_source.hpp"
#include "models/design/design.hpp"

namespace basin {

/// Checks a parsed design file against the schema, reads its data through `data`, fills in every default and names the
/// result (design.id). `root` is the top-level table; its place is the file as the user named it. Throws InputError.
Design resolve_design(const Value& root, const DataSource& data);

}  // namespace basin
