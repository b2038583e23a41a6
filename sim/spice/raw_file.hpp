#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "models/design/types.hpp"

namespace basin {

/// The waveforms of one transient analysis, as ngspice writes them.
struct Waveforms {
  std::vector<std::string> names;   // "time", "v(u0)", …
  Matrix values;                    // a row a time point, a column a name

  /// The column of `name`, or −1.
  [[nodiscard]] Index find(const std::string& name) const;
};

/// Reads a binary raw file of real values strictly: as many bytes as its header says, finite numbers, rising times. Throws
/// ToolError in the name of ngspice.
Waveforms read_raw_file(const std::filesystem::path& file);

/// The time points nearest to ascending `times`, each once: what is compared is what the simulator computed, not what lies between.
std::vector<Index> nearest_points(const Waveforms& waves, const std::vector<double>& times);

}  // namespace basin
