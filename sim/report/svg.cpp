#include "sim/report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sim/report/axis.hpp"
#include "sim/report/text.hpp"

namespace basin::report {
namespace {

// Inner units of a chart; the page scales it to its column.
constexpr double width = 640;
constexpr double height = 270;
constexpr double left = 66;
constexpr double right = 12;
constexpr double top = 12;
constexpr double bottom = 44;

struct Plane {
  Axis x;
  Axis y;
  [[nodiscard]] double across(double value) const { return left + x.place(value) * (width - left - right); }
  [[nodiscard]] double down(double value) const { return height - bottom - y.place(value) * (height - top - bottom); }
};

std::string head(double w, double h, std::string_view kind, std::string_view title) {
  return fmt::format(R"(<svg class="{0}" viewBox="0 0 {1} {2}" role="img" aria-label="{3}"><title>{3}</title>)", kind, w, h,
                     escaped(title));
}

std::string path_of(const Chart& chart, const Line& line, const Plane& plane) {
  std::string path;
  bool down = false;
  for (std::size_t k = 0; k < std::min(chart.x.size(), line.y.size()); ++k) {
    if (!plane.y.holds(line.y[k])) {
      down = false;
      continue;
    }
    const double x = plane.across(chart.x[k]);
    const double y = plane.down(line.y[k]);
    const char* stroke = chart.dots || !down ? "M" : "L";
    const char* dot = chart.dots ? "h0" : "";   // a line of no length with round ends
    fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}{}", stroke, x, y, dot);
    down = true;
  }
  return fmt::format(R"(<path class="{} {}" d="{}"/>)", chart.dots ? "dots" : "line", line.style, path);
}

std::string axes(const Chart& chart, const Plane& plane) {
  std::string out;
  for (const Tick& tick : plane.y.ticks()) {
    const double y = plane.down(tick.value);
    out += fmt::format(R"(<path class="grid" d="M{:.1f} {:.1f}H{:.1f}"/><text x="{:.1f}" y="{:.1f}" class="end">{}</text>)", left, y,
                       width - right, left - 6, y + 4, tick.text);
  }
  for (const Tick& tick : plane.x.ticks()) {
    out += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="middle">{}</text>)", plane.across(tick.value), height - bottom + 17,
                       tick.text);
  }
  out += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="middle name">{}</text>)", (left + width - right) / 2, height - 6,
                     escaped(chart.x_label));
  out += fmt::format(R"svg(<text transform="translate(14 {:.1f}) rotate(-90)" class="middle name">{}</text>)svg",
                     (top + height - bottom) / 2, escaped(chart.y_label));
  return out;
}

}  // namespace

std::string picture(std::string_view signs, int columns, std::string_view title) {
  columns = std::max(1, columns);
  const int rows = (static_cast<int>(signs.size()) + columns - 1) / columns;
  std::string ink;
  std::string unknown;
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns;) {
      const auto at = static_cast<std::size_t>(y * columns + x);
      int run = 1;
      while (at < signs.size() && x + run < columns && at + static_cast<std::size_t>(run) < signs.size() &&
             signs[at + static_cast<std::size_t>(run)] == signs[at])
        ++run;
      if (at < signs.size() && signs[at] != '-') {
        fmt::format_to(std::back_inserter(signs[at] == '+' ? ink : unknown), "M{} {}h{}v1h-{}z", x, y, run, run);
      }
      x += run;
    }
  }
  return head(columns, rows, "picture", title) + fmt::format(R"(<path class="ink" d="{}"/>)", ink) +
         (unknown.empty() ? "" : fmt::format(R"(<path class="unknown" d="{}"/>)", unknown)) + "</svg>";
}

std::string chart(const Chart& chart) {
  Plane plane;
  plane.y.logarithmic = chart.logarithmic;
  for (const double x : chart.x) plane.x.include(x);
  for (const Line& line : chart.lines) {
    for (const double y : line.y) plane.y.include(y);
  }
  if (chart.limit > 0) plane.y.include(chart.limit);
  if (!(plane.x.low <= plane.x.high && plane.y.low <= plane.y.high)) return "";
  plane.x.widen();
  plane.y.widen();
  std::string out = head(width, height, "chart", chart.title) + axes(chart, plane);
  for (const Line& line : chart.lines) out += path_of(chart, line, plane);
  if (chart.limit > 0) {
    const double y = plane.down(chart.limit);
    out += fmt::format(R"(<path class="limit" d="M{:.1f} {:.1f}H{:.1f}"/><text x="{:.1f}" y="{:.1f}" class="end limit-name">limit {}</text>)",
                       left, y, width - right, width - right - 4, y < top + 16 ? y + 14 : y - 5, short_number(chart.limit));
  }
  return out + "</svg>";
}

std::string bars(const std::vector<std::pair<std::string, double>>& values, std::string_view title) {
  double most = 1e-300;
  bool negative = false;
  for (const auto& [name, value] : values) {
    if (std::isfinite(value)) most = std::max(most, std::abs(value));
    negative = negative || value < 0;
  }
  constexpr double line = 26;
  constexpr double names = 120;
  constexpr double room = 400;                       // for the bars; the values stand right of them
  const double zero = names + (negative ? room / 2 : 0);
  const double unit = (negative ? room / 2 : room) / most;
  std::string out = head(width, line * static_cast<double>(values.size()), "bars", title);
  double y = 0;
  for (const auto& [name, value] : values) {
    const double length = std::isfinite(value) ? std::abs(value) * unit : 0;
    out += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="end">{}</text><rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="16"/>)",
                       names - 8, y + 17, escaped(name, 16), value < 0 ? "bad" : "bar", value < 0 ? zero - length : zero, y + 5, length);
    out += fmt::format(R"(<text x="{:.1f}" y="{:.1f}">{}</text>)", names + room + 10, y + 17, short_number(value));
    y += line;
  }
  return out + "</svg>";
}

}  // namespace basin::report
