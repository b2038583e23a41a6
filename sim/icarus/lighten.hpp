#pragma once

#include <string>
#include <string_view>

namespace basin {

/// The same Verilog, lighter for an interpreter of events: all registers in one process where Yosys writes one each, and
/// equal neighbours of a concatenation as a replication. `verilog` is what Yosys' write_verilog makes of one module without
/// attributes. Every expression, and what an unknown bit does in it, stays as it is. A module whose registers do not share
/// one clock edge keeps its processes.
std::string lighten(std::string_view verilog);

}  // namespace basin
