#pragma once

#include <string_view>
#include <vector>

#include "models/design/design.hpp"

namespace basin {

/// "hebb", "pseudo-inverse", … as the design file has it; "none".
const char* to_string(Rule rule);
/// The rule of that name; none when there is no such rule.
Rule rule_named(std::string_view name);
/// All names, in the order in which they are listed.
std::vector<std::string_view> rule_words();

}  // namespace basin
