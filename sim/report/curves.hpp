#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace basin::report {

/// One curve with its band.
struct Curve {
  std::string name;            // "" leaves it out of the key
  std::size_t colour = 0;      // curves of one number, up to 40, belong together and look alike
  bool dashed = false;         // theory
  std::vector<double> x, y;
  std::vector<double> low, high;   // band; empty: none
  bool joined = true;          // a line through the points
  bool dots = true;            // a dot at each; never where dashed
};

/// A value on the x axis that deserves a line.
struct Mark {
  double x = 0.0;
  std::string label;
  std::size_t colour = 0;
};

struct Panel {
  std::string title;
  std::string x_label;
  std::string y_label;
  std::vector<Curve> curves;
  std::vector<Mark> marks;     // those within the curves' range are drawn
};

/// The panels one above the other as an SVG file of its own, readable on a light and on a dark ground, as the viewer asks.
std::string curves_svg(std::string_view title, std::span<const Panel> panels);

}  // namespace basin::report
