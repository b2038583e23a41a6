#pragma once

#include "models/design/design.hpp"

namespace basin {

/// Of n neurons whose amplifiers do g and nothing else.
inline AmplifierSpec ideal_spec(Index n) {
  AmplifierSpec spec;
  spec.output_resistance_ohm = Vector::Zero(n);
  spec.input_offset_v = Vector::Zero(n);
  return spec;
}

}  // namespace basin
