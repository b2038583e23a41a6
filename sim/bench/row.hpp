#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace basin {

/// What a benchmark program was asked for.
struct BenchOptions {
  bool quick = false;
  std::string row;       // only rows whose name contains it
  std::string python;    // interpreter that has the Python rivals' packages; "" leaves their rows out
  std::string rivals;    // folder of the Python rivals

  [[nodiscard]] bool wants(const std::string& name) const { return name.find(row) != std::string::npos; }
};

/// Reads --quick, --row TEXT, --python PATH, --rivals DIR. Throws std::invalid_argument.
BenchOptions bench_options(int argc, char** argv);

/// CPU seconds this process has used.
double cpu_seconds();

/// One side of a comparison.
struct Timed {
  std::string name;            // of the rival
  std::vector<double> times;   // CPU seconds, one a repeat
  double error = 0.0;          // achieved, against a tight reference

  [[nodiscard]] double least() const;
};

/// Prints a row that compares two: {"row", "unit", "basin", "rival", "ratio": least(rival)/least(basin), "detail"}.
void print_row(const std::string& name, const Timed& basin, const Timed& rival, nlohmann::json detail);
/// Prints a row with one figure: {"row", "unit", "value", "detail"}.
void print_row(const std::string& name, const std::string& unit, double value, nlohmann::json detail);

}  // namespace basin
