#pragma once

#include <memory>

#include "models/fixed/network.hpp"
#include "sim/rtl/rtl_engine.hpp"
#include "sim/verilator/build.hpp"

namespace basin {

/// The network on the RTL core inside a SystemC simulation, in a child process of its own: SystemC elaborates once a process.
/// Builds (or finds) the core first. Throws ToolError, EnvironmentError, std::runtime_error.
std::unique_ptr<RtlEngine> make_systemc_engine(const FixedNetwork& network, RtlBuildOptions options = {});

/// The program that holds the core: built with Basin.
std::filesystem::path systemc_program();

}  // namespace basin
