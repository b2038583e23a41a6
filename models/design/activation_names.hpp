#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "models/design/design.hpp"

namespace basin {

/// "tanh", "clipped-linear", … as the design file has it; "power", which no design names.
const char* to_string(ActivationKind kind);
/// The kind of that name; nothing when no design may name it.
std::optional<ActivationKind> activation_named(std::string_view name);
/// All names that a design may have, in the order in which they are listed.
std::vector<std::string_view> activation_words();

}  // namespace basin
