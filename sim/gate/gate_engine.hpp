#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "models/fixed/contents.hpp"
#include "models/fixed/network.hpp"
#include "sim/engine.hpp"
#include "sim/icarus/vvp_core.hpp"
#include "sim/netlist/target.hpp"
#include "sim/verilator/build.hpp"

namespace basin {

/// The device whose cells a core is made of: the UP5K where it asks for multiplier blocks or single-port memories, else the
/// HX8K.
const Target& device_of(const CoreConfig& core);

/// The core of a bitstream's netlist, made of the vendor's cells, to be Verilated in place of the RTL: synthesised on demand.
/// `contents`: what it holds from configuration on.
RtlBuildOptions gate_build(const CoreConfig& core, const std::function<void(const std::string&)>& notice = {},
                           const std::optional<CoreContents>& contents = {});

/// The engine "gate": that netlist in Verilator. Identities are read back from the gates.
std::unique_ptr<Engine> make_gate_engine(const FixedNetwork& network,
                                         const std::function<void(const std::string&)>& notice = {});

/// The same netlist for vvp.
VvpCore prepare_gate_icarus(const CoreConfig& core, const std::function<void(const std::string&)>& notice = {});

/// The engine "gate-icarus" on it: with unknown bits, and some hundred times slower. Throws std::logic_error when `core` is
/// of another configuration.
std::unique_ptr<Engine> make_gate_icarus_engine(const FixedNetwork& network, const VvpCore& core);

}  // namespace basin
