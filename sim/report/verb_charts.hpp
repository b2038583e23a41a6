#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/design/design.hpp"
#include "sim/reference/simulation.hpp"
#include "sim/reference/storage.hpp"

/// One picture a verb, as SVG files of their own (curves.hpp).
namespace basin::report {

/// When every cue settled and how like its memory it became; else the energies at the ends.
std::string simulation_chart(const Design& design, const Simulation& found);
/// Margin of every memory, and the outputs from which it is proved to be reached.
std::string storage_chart(const Design& design, const StorageReport& found);

/// The place and route runs for one FPGA.
struct ClockRuns {
  std::string target;
  std::vector<std::pair<int, double>> mhz_of_seed;
  double median_mhz = 0.0;
};
/// The clock of every place and route run.
std::string clock_chart(const Design& design, const std::vector<ClockRuns>& found);

}  // namespace basin::report
