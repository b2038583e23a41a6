#include "sim/report/curves.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "sim/report/axis.hpp"
#include "sim/report/text.hpp"

namespace basin::report {
namespace {

constexpr double width = 860;
constexpr double left = 62;
constexpr double right = 250;    // for the key
constexpr double top = 40;
constexpr double plot = 250;
constexpr double bottom = 48;
constexpr double panel_height = top + plot + bottom;
constexpr std::size_t colours = 8;

// Paul Tol's bright and light schemes, tell-apart for the colour-blind.
constexpr std::array<std::string_view, colours> on_light{"#4477aa", "#cc3311", "#228833", "#aa3377",
                                                         "#997700", "#0077bb", "#ee7733", "#555555"};
constexpr std::array<std::string_view, colours> on_dark{"#77aadd", "#ff8b7a", "#6fd08c", "#ffaabb",
                                                        "#eedd88", "#99ddff", "#ee8866", "#cccccc"};

std::string style() {
  std::string text = "text{font:12px system-ui,sans-serif;fill:#1c2128}.paper{fill:#fff}.dim{fill:#59636e}.title{font-size:14px;"
                     "font-weight:600}.grid{stroke:#d5dae1}.curve{fill:none;stroke-width:2;stroke-linejoin:round}.dashed{"
                     "stroke-dasharray:6 4}.mark{stroke-width:1.2;stroke-dasharray:2 3}.band{stroke:none;opacity:.18}"
                     ".end{text-anchor:end}.middle{text-anchor:middle}";
  std::string dark = "text{fill:#e6e9ee}.paper{fill:#12161c}.dim{fill:#a3adb8}.grid{stroke:#37404b}.band{opacity:.28}";
  for (std::size_t c = 0; c < colours; ++c) {
    text += fmt::format(".s{0}{{stroke:{1}}}.f{0}{{fill:{1}}}", c, on_light[c]);
    dark += fmt::format(".s{0}{{stroke:{1}}}.f{0}{{fill:{1}}}", c, on_dark[c]);
  }
  return "<style>" + text + "@media(prefers-color-scheme:dark){" + dark + "}</style>";
}

struct Place {
  Axis x, y;
  double from_top;

  [[nodiscard]] double across(double value) const { return left + x.place(value) * (width - left - right); }
  [[nodiscard]] double down(double value) const { return from_top + top + (1.0 - y.place(value)) * plot; }
};

std::string points(const Place& place, const std::vector<double>& x, const std::vector<double>& y) {
  std::string path;
  for (std::size_t k = 0; k < x.size(); ++k) {
    fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", k == 0 ? "M" : "L", place.across(x[k]), place.down(y[k]));
  }
  return path;
}

std::string band(const Place& place, const Curve& curve) {
  if (curve.low.empty()) return "";
  std::vector<double> x = curve.x;
  std::vector<double> y = curve.high;
  x.insert(x.end(), curve.x.rbegin(), curve.x.rend());
  y.insert(y.end(), curve.low.rbegin(), curve.low.rend());
  return fmt::format(R"(<path class="band f{}" d="{}Z"/>)", curve.colour % colours, points(place, x, y));
}

std::string line(const Place& place, const Curve& curve) {
  if (curve.x.empty()) return "";
  std::string out = fmt::format(R"(<path class="curve {}s{}" d="{}"/>)", curve.dashed ? "dashed " : "", curve.colour % colours,
                                points(place, curve.x, curve.y));
  if (curve.dashed) return out;
  for (std::size_t k = 0; k < curve.x.size(); ++k) {
    out += fmt::format(R"(<circle class="f{}" cx="{:.1f}" cy="{:.1f}" r="3"/>)", curve.colour % colours, place.across(curve.x[k]),
                       place.down(curve.y[k]));
  }
  return out;
}

std::string axes(const Place& place, const Panel& panel) {
  std::string out = fmt::format(R"(<text class="title" x="{}" y="{:.1f}">{}</text>)", left, place.from_top + 22, escaped(panel.title));
  for (const double tick : place.y.ticks()) {
    out += fmt::format(R"(<path class="grid" d="M{} {:.1f}H{}"/><text class="end" x="{}" y="{:.1f}">{}</text>)", left, place.down(tick),
                       width - right, left - 7, place.down(tick) + 4, short_number(tick));
  }
  const double base = place.from_top + top + plot;
  for (const double tick : place.x.ticks()) {
    out += fmt::format(R"(<text class="middle" x="{:.1f}" y="{:.1f}">{}</text>)", place.across(tick), base + 17, short_number(tick));
  }
  out += fmt::format(R"(<text class="middle dim" x="{:.1f}" y="{:.1f}">{}</text>)", (left + width - right) / 2, base + 36,
                     escaped(panel.x_label));
  out += fmt::format(R"svg(<text class="middle dim" transform="translate(16 {:.1f}) rotate(-90)">{}</text>)svg", base - plot / 2,
                     escaped(panel.y_label));
  return out;
}

std::string key(const Place& place, const Panel& panel) {
  std::string out;
  const double x = width - right + 18;
  double y = place.from_top + top + 6;
  const auto entry = [&](std::string_view classes, std::size_t colour, std::string_view name) {
    out += fmt::format(R"(<path class="{} s{}" d="M{} {:.1f}h24"/><text x="{}" y="{:.1f}">{}</text>)", classes, colour % colours, x, y,
                       x + 31, y + 4, escaped(name, 34));
    y += 19;
  };
  for (const Curve& curve : panel.curves) {
    if (!curve.name.empty()) entry(curve.dashed ? "curve dashed" : "curve", curve.colour, curve.name);
  }
  for (const Mark& mark : panel.marks) {
    if (mark.x >= place.x.low && mark.x <= place.x.high) entry("mark", mark.colour, mark.label);
  }
  return out;
}

Place place_of(const Panel& panel, double from_top) {
  Place place{{}, {}, from_top};
  for (const Curve& curve : panel.curves) {
    for (const double x : curve.x) place.x.include(x);
    for (const auto* values : {&curve.y, &curve.low, &curve.high}) {
      for (const double y : *values) place.y.include(y);
    }
  }
  for (Axis* axis : {&place.x, &place.y}) {
    if (axis->low > axis->high) *axis = Axis{0.0, 1.0};   // nothing to draw
    axis->widen();
  }
  return place;
}

std::string panel_svg(const Panel& panel, double from_top) {
  const Place place = place_of(panel, from_top);
  std::string out = axes(place, panel);
  for (const Mark& mark : panel.marks) {
    if (mark.x < place.x.low || mark.x > place.x.high) continue;
    out += fmt::format(R"(<path class="mark s{}" d="M{:.1f} {:.1f}v{}"/>)", mark.colour % colours, place.across(mark.x),
                       from_top + top, plot);
  }
  for (const Curve& curve : panel.curves) out += band(place, curve);
  for (const Curve& curve : panel.curves) out += line(place, curve);
  return out + key(place, panel);
}

}  // namespace

std::string curves_svg(std::string_view title, std::span<const Panel> panels) {
  const double height = panel_height * static_cast<double>(panels.size());
  std::string out = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img"><title>{2}</title>)", width,
      height, escaped(title));
  out += style() + R"(<rect class="paper" width="100%" height="100%"/>)";
  double from_top = 0;
  for (const Panel& panel : panels) {
    out += panel_svg(panel, from_top);
    from_top += panel_height;
  }
  return out + "</svg>\n";
}

}  // namespace basin::report
