#pragma once

#include <nlohmann/json.hpp>

#include "models/design/types.hpp"

namespace basin {

/// Where the time of an evaluation goes, in CPU time for one panel in single precision: "product", W V alone;
/// "activation", tanh alone; "evaluation", both with the Runge–Kutta combination of a slope and the state. As shares of
/// the time that the 2N² operations a cue take at `peak` operations a second.
nlohmann::json evaluation_parts(Index neurons, double peak);

}  // namespace basin
