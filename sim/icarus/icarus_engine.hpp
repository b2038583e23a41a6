#pragma once

#include <memory>

#include "models/fixed/network.hpp"
#include "sim/engine.hpp"
#include "sim/icarus/vvp_core.hpp"

namespace basin {

/// The core of `core` for vvp, elaborated and compiled on demand. One serves every engine of that configuration.
VvpCore prepare_icarus(const CoreConfig& core, const IcarusOptions& options = {});

/// The engine "icarus": the RTL through a second front end and a second simulator, with unknown bits. Throws
/// std::logic_error when `core` is of another configuration.
std::unique_ptr<Engine> make_icarus_engine(const FixedNetwork& network, const VvpCore& core);
std::unique_ptr<Engine> make_icarus_engine(const FixedNetwork& network, const IcarusOptions& options = {});

}  // namespace basin
