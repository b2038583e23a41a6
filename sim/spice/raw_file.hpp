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

/// Values of `column` at ascending `times` by the cubic through the four nearest points, or straight lines between points.
/// The first and the last value hold outside.
Vector resample(const Waveforms& waves, Index column, const std::vector<double>& times, bool straight);

}  // namespace basin
