#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Drawings as inline SVG: every one has a title that a screen reader speaks, and takes its colours from classes.
namespace basin::report {

/// A black-and-white picture of `signs` ('+' ink, '-' paper, '0' unknown), row by row, `width` a row.
std::string picture(std::string_view signs, int width, std::string_view title);

/// One line of a chart.
struct Line {
  std::string name;
  std::string style;   // class of its path: "analog", "hardware", …
  std::vector<double> y;
};

struct Chart {
  std::string title;
  std::string x_label;
  std::string y_label;
  bool logarithmic = false;        // y; values of 0 and less are left out
  std::vector<double> x;
  std::vector<Line> lines;         // of as many values as x
  double limit = 0.0;              // a dashed line at this y; 0: none
  bool dots = false;               // marks instead of lines
};

/// The chart with axes and ticks; "" without two finite values.
std::string chart(const Chart& chart);

/// Horizontal bars from zero, the negative ones to the left: name and value of each.
std::string bars(const std::vector<std::pair<std::string, double>>& values, std::string_view title);

}  // namespace basin::report
