#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/bench/hardware_row.hpp"

namespace basin::bench {

/// A row and what makes it; `quick` measures shorter.
struct HardwareBenchmark {
  const char* name;
  std::function<HardwareRow(bool quick)> run;
};

/// Golden model against Verilated core, Verilated core against Icarus, SystemC against plain Verilated core. Each runs the
/// same recalls on both sides and throws std::runtime_error when a state differs.
std::vector<HardwareBenchmark> hardware_benchmarks();

}  // namespace basin::bench
