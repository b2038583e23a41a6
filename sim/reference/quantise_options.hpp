#pragma once

#include "sim/reference/pipeline.hpp"

namespace basin {

/// What the hardware of a design must meet: its `[hardware]` and `[verify]`, its margins and how far its cues reach.
QuantiseOptions quantise_options(const Design& design, const Designed& designed);

}  // namespace basin
