#pragma once

#include <functional>
#include <memory>
#include <string>

#include "models/fixed/network.hpp"
#include "sim/engine.hpp"
#include "sim/icarus/vvp_core.hpp"
#include "sim/netlist/target.hpp"

namespace basin {

/// The core of a bitstream's netlist, made of the vendor's cells, for vvp: synthesised and compiled on demand.
VvpCore prepare_gate_icarus(const CoreConfig& core, const Target& target,
                            const std::function<void(const std::string&)>& notice = {});

/// The engine "gate-icarus" on it. Throws std::logic_error when `core` is of another configuration.
std::unique_ptr<Engine> make_gate_icarus_engine(const FixedNetwork& network, const VvpCore& core);

}  // namespace basin
