#include "sim/report/curves.hpp"

#include <fmt/format.h>

#include <algorithm>
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
constexpr double key_step = 19;
constexpr double key_line = 15;           // further lines of one entry
constexpr std::size_t key_columns = 30;   // characters that fit beside the sample

// Each with a contrast of at least 3 to its ground. To the colour-blind some look alike, so that the shape of the points and
// the dashes of theory change with every colour too; 5 and 8 have no common factor, so that 40 curves all differ.
constexpr std::size_t colours = 8;
constexpr std::size_t shapes = 5;
constexpr std::array<std::string_view, colours> on_light{"#4477aa", "#cc3311", "#228833", "#aa3377",
                                                         "#997700", "#009988", "#dd6622", "#555555"};
constexpr std::array<std::string_view, colours> on_dark{"#77aadd", "#ff7766", "#55cc88", "#ffaabb",
                                                        "#eedd88", "#44dddd", "#ee9944", "#cccccc"};
constexpr std::array<std::string_view, shapes> dashes{"6 4", "10 4", "8 3 2 3", "3 3", "12 3 3 3 3 3"};
constexpr std::array<std::string_view, shapes> outlines{"m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0Z", "m-3-3h6v6h-6Z", "m0-4l4 7h-8Z",
                                                        "m0-4.2l4.2 4.2l-4.2 4.2l-4.2-4.2Z", "m0 4l-4-7h8Z"};

std::string style() {
  std::string text = "text{font:12px system-ui,sans-serif;fill:#1c2128}.paper{fill:#fff}.dim{fill:#59636e}.title{font-size:14px;"
                     "font-weight:600}.grid{stroke:#d5dae1}.curve{fill:none;stroke-width:2;stroke-linejoin:round}.mark{"
                     "stroke-width:1.2;stroke-dasharray:2 3}.band{stroke:none;opacity:.18}"
                     ".end{text-anchor:end}.middle{text-anchor:middle}";
  std::string dark = "text{fill:#e6e9ee}.paper{fill:#12161c}.dim{fill:#a3adb8}.grid{stroke:#37404b}.band{opacity:.28}";
  for (std::size_t c = 0; c < colours; ++c) {
    text += fmt::format(".s{0}{{stroke:{1}}}.f{0}{{fill:{1}}}", c, on_light[c]);
    dark += fmt::format(".s{0}{{stroke:{1}}}.f{0}{{fill:{1}}}", c, on_dark[c]);
  }
  for (std::size_t s = 0; s < shapes; ++s) text += fmt::format(".d{}{{stroke-dasharray:{}}}", s, dashes[s]);
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

std::string class_of(const Curve& curve) {
  const std::string dash = curve.dashed ? fmt::format(" d{}", curve.colour % shapes) : "";
  return fmt::format("curve s{}{}", curve.colour % colours, dash);
}

std::string point(const Curve& curve, double x, double y) {
  return fmt::format(R"(<path class="point f{}" d="M{:.1f} {:.1f}{}"/>)", curve.colour % colours, x, y, outlines[curve.colour % shapes]);
}

std::string line(const Place& place, const Curve& curve) {
  if (curve.x.empty()) return "";
  std::string out;
  if (curve.joined) out = fmt::format(R"(<path class="{}" d="{}"/>)", class_of(curve), points(place, curve.x, curve.y));
  if (curve.dashed || !curve.dots) return out;
  for (std::size_t k = 0; k < curve.x.size(); ++k) out += point(curve, place.across(curve.x[k]), place.down(curve.y[k]));
  return out;
}

std::string axes(const Place& place, const Panel& panel) {
  std::string out = fmt::format(R"(<text class="title" x="{}" y="{:.1f}">{}</text>)", left, place.from_top + 22, escaped(panel.title));
  for (const Tick& tick : place.y.ticks()) {
    out += fmt::format(R"(<path class="grid" d="M{} {:.1f}H{}"/><text class="end" x="{}" y="{:.1f}">{}</text>)", left, place.down(tick.value),
                       width - right, left - 7, place.down(tick.value) + 4, tick.text);
  }
  const double base = place.from_top + top + plot;
  for (const Tick& tick : place.x.ticks()) {
    out += fmt::format(R"(<text class="middle" x="{:.1f}" y="{:.1f}">{}</text>)", place.across(tick.value), base + 17, tick.text);
  }
  out += fmt::format(R"(<text class="middle dim" x="{:.1f}" y="{:.1f}">{}</text>)", (left + width - right) / 2, base + 36,
                     escaped(panel.x_label));
  out += fmt::format(R"svg(<text class="middle dim" transform="translate(16 {:.1f}) rotate(-90)">{}</text>)svg", base - plot / 2,
                     escaped(panel.y_label));
  return out;
}

/// `name` in lines of at most key_columns characters where its spaces allow it.
std::vector<std::string> lines_of(std::string_view name) {
  std::vector<std::string> lines;
  std::size_t columns = 0;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    const std::string_view word = name.substr(0, end);
    name.remove_prefix(std::min(end + 1, name.size()));
    const auto letters = static_cast<std::size_t>(std::ranges::count_if(word, [](char c) { return (c & 0xC0) != 0x80; }));   // UTF-8
    if (lines.empty() || columns + 1 + letters > key_columns) {
      lines.emplace_back(word);
      columns = letters;
    } else {
      lines.back() += " " + std::string(word);
      columns += 1 + letters;
    }
  }
  return lines;
}

/// Samples and names, from the top of the plot down.
class KeyText {
 public:
  explicit KeyText(double from) : y_(from) {}

  void add(std::string_view classes, std::string_view name, const Curve* with_points = nullptr) {
    text_ += fmt::format(R"(<path class="{}" d="M{} {:.1f}h24"/>)", classes, x_, y_);
    if (with_points != nullptr) text_ += point(*with_points, x_ + 12, y_);
    const std::vector<std::string> lines = lines_of(name);
    for (const std::string& each : lines) {
      text_ += fmt::format(R"(<text x="{}" y="{:.1f}">{}</text>)", x_ + 31, y_ + 4, escaped(each));
      y_ += &each == &lines.back() ? key_step : key_line;
    }
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// Where the next entry would be.
  [[nodiscard]] double end() const { return y_; }

 private:
  static constexpr double x_ = width - right + 18;
  double y_;
  std::string text_;
};

KeyText key(const Place& place, const Panel& panel) {
  KeyText text(place.from_top + top + 6);
  for (const Curve& curve : panel.curves) {
    const bool dotted = curve.dots && !curve.dashed;
    if (!curve.name.empty()) text.add(curve.joined ? class_of(curve) : "", curve.name, dotted ? &curve : nullptr);
  }
  for (const Mark& mark : panel.marks) {
    if (mark.x >= place.x.low && mark.x <= place.x.high) text.add(fmt::format("mark s{}", mark.colour % colours), mark.label);
  }
  return text;
}

Place place_of(const Panel& panel, double from_top) {
  Place place{{}, {}, from_top};
  place.x.whole = true;
  for (const Curve& curve : panel.curves) {
    for (const double x : curve.x) {
      place.x.include(x);
      place.x.whole = place.x.whole && x == std::round(x);
    }
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

/// Appends the panel, and returns how high it is: its plot, or its key where that is longer.
double add_panel(std::string& out, const Panel& panel, double from_top) {
  const Place place = place_of(panel, from_top);
  out += axes(place, panel);
  for (const Mark& mark : panel.marks) {
    if (mark.x < place.x.low || mark.x > place.x.high) continue;
    out += fmt::format(R"(<path class="mark s{}" d="M{:.1f} {:.1f}v{}"/>)", mark.colour % colours, place.across(mark.x),
                       from_top + top, plot);
  }
  for (const Curve& curve : panel.curves) out += band(place, curve);
  for (const Curve& curve : panel.curves) out += line(place, curve);
  const KeyText names = key(place, panel);
  out += names.text();
  return std::max(top + plot + bottom, names.end() - from_top);
}

}  // namespace

std::string curves_svg(std::string_view title, std::span<const Panel> panels) {
  std::string drawn;
  double height = 0;
  for (const Panel& panel : panels) height += add_panel(drawn, panel, height);
  return fmt::format(
             R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img"><title>{2}</title>)",
             width, height, escaped(title)) +
         style() + R"(<rect class="paper" width="100%" height="100%"/>)" + drawn + "</svg>\n";
}

}  // namespace basin::report
