#pragma once

#include <string_view>

#include "models/design/design.hpp"

namespace basin {

/// Stands in a shape for its input z = λ(u − θ).
inline constexpr char input_mark = '@';

/// g(z) as text, for export and import alike; "" for a table, whose text depends on its points.
std::string_view shape_text(ActivationKind kind);

}  // namespace basin
