#pragma once

#include "models/fixed/quantise.hpp"

namespace basin {

/// The circuit with its dense W; learned factors are multiplied out.
Circuit with_dense_weights(Circuit circuit);
/// W of the core as the integers they are, N × N; factors are multiplied out.
Matrix integer_weights(const Quantised& quantised);

}  // namespace basin
