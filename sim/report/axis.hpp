#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace basin::report {

/// A value that a chart names.
struct Tick {
  double value;
  std::string text;   // in as few digits as tell it from its neighbours
};

/// Values on a side of a chart, and where they lie on it.
struct Axis {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  bool logarithmic = false;
  bool whole = false;   // numbers of cues and the like: no ticks between

  [[nodiscard]] bool holds(double value) const { return std::isfinite(value) && (!logarithmic || value > 0); }
  [[nodiscard]] double measure(double value) const { return logarithmic ? std::log10(value) : value; }
  void include(double value) {
    if (!holds(value)) return;
    low = std::min(low, measure(value));
    high = std::max(high, measure(value));
  }
  void widen() {
    if (logarithmic) {
      low = std::floor(low + 1e-9);
      high = std::ceil(high - 1e-9);
    }
    if (high - low < 1e-12 * std::max(1.0, std::abs(high))) high = low + 1.0;
  }
  /// 0 to 1.
  [[nodiscard]] double place(double value) const { return (measure(value) - low) / (high - low); }

  /// Round values from one end to the other.
  [[nodiscard]] std::vector<Tick> ticks() const;
};

}  // namespace basin::report
