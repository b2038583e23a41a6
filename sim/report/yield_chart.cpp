#include "sim/report/yield_chart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/design/activation_names.hpp"
#include "sim/report/axis.hpp"
#include "sim/report/text.hpp"

namespace basin::report {
namespace {

constexpr double width = 784;
constexpr double left = 250;   // for the names
constexpr double right = 154;  // for the figures: 100.0 % (51.0–100.0)
constexpr double top = 58;
constexpr double step = 26;
constexpr double group_gap = 30;
constexpr double bottom = 52;

const std::string style =
    "<style>text{font:12px system-ui,sans-serif;fill:#1c2128}.paper{fill:#fff}.dim{fill:#59636e}.title{font-size:14px;"
    "font-weight:600}.head{font-weight:600}.grid{stroke:#d5dae1}.bar{stroke:#4477aa;stroke-width:2}.dot{fill:#4477aa}"
    ".one{fill:#fff;stroke:#4477aa;stroke-width:2}.end{text-anchor:end}.middle{text-anchor:middle}"
    "@media(prefers-color-scheme:dark){text{fill:#e6e9ee}.paper{fill:#12161c}.dim{fill:#a3adb8}.grid{stroke:#37404b}"
    ".bar{stroke:#77aadd}.dot{fill:#77aadd}.one{fill:#12161c;stroke:#77aadd}}</style>";

std::string name_of(const YieldRow& row, const YieldReport& report) {
  const YieldCase& what = row.what;
  if (what.activation)
    return fmt::format("{}, {}", to_string(*what.activation), what.name == "all" ? "all together" : "nominal");
  if (what.name == "nominal") return report.activation + ", nominal";
  if (what.name == "all") return report.activation + ", all together";
  return what.value.empty() ? what.name : what.name + " " + what.value;
}

class Chart {
 public:
  explicit Chart(const YieldReport& report) : report_(report) {
    axis_.include(1.0);
    for (const YieldRow& row : report.rows) axis_.include(row.what.is_random() ? row.yield.low : row.yield.value);
    axis_.low = std::min(axis_.low, 0.9);
    axis_.low = std::floor(axis_.low * 20.0) / 20.0;
    axis_.widen();
  }

  std::string draw(const std::string& title) {
    double y = top;
    bool swapped = false;
    for (const YieldRow& row : report_.rows) {
      if (row.what.activation && !swapped) {
        swapped = true;
        y += group_gap;
        rows_ += fmt::format(R"(<text class="head" x="{}" y="{:.1f}">Other activations of the same gain</text>)", 12,
                             y - 20);
      }
      add(row, y);
      y += step;
    }
    const double height = y + bottom;
    std::string out = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1:.0f}" width="{0}" height="{1:.0f}" role="img">)",
        width, height);
    out += fmt::format("<title>{}</title>{}", escaped(title + ": recall yield"), style);
    out += fmt::format(R"(<rect class="paper" width="{}" height="{:.0f}"/><text class="title" x="12" y="24">{}</text>)",
                       width, height, escaped(title + ": share of cues recalled"));
    for (const Tick& tick : axis_.ticks()) {
      out += fmt::format(
          R"(<path class="grid" d="M{0:.1f} {1}V{2:.1f}"/><text class="middle" x="{0:.1f}" y="{3:.1f}">{4:g} %</text>)",
          across(tick.value), top - step / 2, y - step / 2, y + 6, 100.0 * tick.value);
    }
    out += fmt::format(
        R"(<text class="middle dim" x="{:.1f}" y="{:.1f}">recalled, with 95 % intervals; open: one circuit, no spread</text>)",
        (left + width - right) / 2, y + 28);
    return out + rows_ + "</svg>\n";
  }

 private:
  [[nodiscard]] double across(double share) const { return left + axis_.place(share) * (width - left - right); }

  void add(const YieldRow& row, double y) {
    const double x = across(row.yield.value);
    rows_ += fmt::format(R"(<text class="end" x="{}" y="{:.1f}">{}</text>)", left - 12, y + 4,
                         escaped(name_of(row, report_)));
    std::string figure = fmt::format("{:.1f} %", 100.0 * row.yield.value);
    if (row.what.is_random()) {
      rows_ += fmt::format(R"(<path class="bar" d="M{:.1f} {:.1f}H{:.1f}"/>)", across(row.yield.low), y,
                           across(row.yield.high));
      figure += fmt::format(" ({:.1f}–{:.1f})", 100.0 * row.yield.low, 100.0 * row.yield.high);
    }
    rows_ += fmt::format(R"(<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="4.5"/>)",
                         row.what.is_random() ? "dot" : "one", x, y);
    rows_ += fmt::format(R"(<text class="dim" x="{}" y="{:.1f}">{}</text>)", width - right + 12, y + 4, figure);
  }

  const YieldReport& report_;
  Axis axis_;
  std::string rows_;
};

}  // namespace

std::string yield_chart(const std::string& title, const YieldReport& report) { return Chart(report).draw(title); }

}  // namespace basin::report
