#pragma once

#include "models/circuit/circuit.hpp"

namespace basin {

/// The circuit with its dense W; learned factors are multiplied out.
Circuit with_dense_weights(Circuit circuit);

}  // namespace basin
