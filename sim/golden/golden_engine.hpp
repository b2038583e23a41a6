#pragma once

#include <memory>

#include "models/fixed/network.hpp"
#include "sim/engine.hpp"

namespace basin {

/// The golden model as an engine: docs/arithmetic.md in C++ integers, untimed. `hardware_id` is what it reports as its own: it
/// has no hardware, so the caller names the elaboration that it stands for. Throws std::invalid_argument for a network that
/// does not fit its configuration.
std::unique_ptr<Engine> make_golden_engine(const FixedNetwork& network, std::uint32_t hardware_id = 0);

}  // namespace basin
