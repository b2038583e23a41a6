#pragma once

#include <map>
#include <string>
#include <vector>

namespace basin::bench {

/// CPU time of this process and of its descendants, from the construction on. Descendants must outlive it.
class CpuTimer {
 public:
  CpuTimer();
  /// s.
  [[nodiscard]] double seconds() const;

 private:
  double descendants_;
  double own_;
};

/// One line of a benchmark: Basin against a rival on the same work, in `unit`, a time a repeat.
struct HardwareRow {
  std::string name;
  std::string unit;
  std::vector<double> basin, rival;
  std::string rival_name;
  /// min(rival)/min(basin).
  [[nodiscard]] double ratio() const;
  std::map<std::string, std::string> detail;
  /// Whether what counts is how much slower Basin is: the row's value then is 1/ratio().
  bool slowdown = false;
};

/// The row as one JSON object on one line. Engines of hardware agree in every bit or the row throws: the error is 0.
std::string json_line(const HardwareRow& row);

}  // namespace basin::bench
