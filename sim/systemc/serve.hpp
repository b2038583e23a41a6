#pragma once

#include <cstdint>
#include <filesystem>

namespace basin::systemc {

/// The program of the systemc engine: elaborates the core of `object`, then answers the requests of sim/rtl/child_port.hpp
/// from standard input on standard output until the input ends. `longest_wait`: clocks that anything may take. Called once, from sc_main. Returns the exit code.
int serve(const std::filesystem::path& object, std::int64_t longest_wait);

}  // namespace basin::systemc
