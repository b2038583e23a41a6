#include "sim/report/slice_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "sim/report/text.hpp"

namespace basin::report {
namespace {

constexpr double panel = 280;
constexpr double gap = 20;
constexpr double width = 3 * panel + 4 * gap;
constexpr double top = 56;
constexpr double key_step = 20;
constexpr std::size_t key_columns = 3;
constexpr std::size_t colours = 8;
constexpr std::size_t most_letters = 16;   // of a name in a region
constexpr double letter = 7.5;         // width of one in a name
constexpr int least_depth = 4;         // cells from a region's edge: enough for its name
constexpr auto cells = static_cast<int>(slice_cells);

// Okabe and Ito's, told apart with every kind of colour-blindness.
constexpr std::array<std::string_view, colours> fills{"#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7", "#0072b2", "#d55e00", "#7b5ea7"};

std::string style() {
  std::string text = "text{font:12px system-ui,sans-serif;fill:#1c2128}.paper{fill:#fff}.dim{fill:#59636e}.title{font-size:14px;"
                     "font-weight:600}.middle{text-anchor:middle}.cells{shape-rendering:crispEdges}.name{fill:#000;stroke:#fff;stroke-"
                     "width:3;paint-order:stroke;stroke-linejoin:round;font-weight:600}.ring{fill:none;stroke:#fff;stroke-width:4}.ring2{"
                     "fill:none;stroke:#000;stroke-width:1.6}.frame{fill:none;stroke:#8a949e}.other{fill:#bdbdbd}.unsettled{fill:#000}"
                     ".agree{fill:#e4e7eb}.differ{fill:#b3123b}";
  for (std::size_t c = 0; c < colours; ++c) text += fmt::format(".c{}{{fill:{}}}", c, fills[c]);
  return "<style>" + text + "@media(prefers-color-scheme:dark){text{fill:#e6e9ee}.paper{fill:#12161c}.dim{fill:#a3adb8}"
                            ".agree{fill:#2b333d}.differ{fill:#ff7a9a}.name{fill:#000}}</style>";
}

/// Labels by falling number of cells on both sides.
std::vector<std::pair<int, std::size_t>> by_area(const Slice& slice) {
  std::map<int, std::size_t> counts;
  for (const auto* side : {&slice.reference, &slice.hardware}) {
    for (const int label : *side) {
      if (label >= 0) ++counts[label];
    }
  }
  std::vector<std::pair<int, std::size_t>> order(counts.begin(), counts.end());
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return a.second > b.second; });
  return order;
}

/// The class that draws a label; "" draws nothing.
class Classes {
 public:
  explicit Classes(const std::vector<std::pair<int, std::size_t>>& order) {
    for (std::size_t k = 0; k < std::min(order.size(), colours); ++k) classes_[order[k].first] = fmt::format("c{}", k);
  }
  [[nodiscard]] std::string of(int label) const {
    if (label == outside_label) return "";
    if (label == unsettled_label) return "unsettled";
    const auto found = classes_.find(label);
    return found == classes_.end() ? "other" : found->second;
  }

 private:
  std::map<int, std::string> classes_;
};

/// A panel's cells, a path a class: rows in runs.
std::string cells_of(const std::vector<std::string>& classes, double left) {
  std::map<std::string, std::string> paths;
  for (int y = 0; y < cells; ++y) {
    for (int x = 0; x < cells;) {
      const std::string& own = classes[static_cast<std::size_t>(y * cells + x)];
      int run = 1;
      while (x + run < cells && classes[static_cast<std::size_t>(y * cells + x + run)] == own) ++run;
      if (!own.empty()) fmt::format_to(std::back_inserter(paths[own]), "M{} {}h{}v1h-{}z", x, y, run, run);
      x += run;
    }
  }
  std::string out = fmt::format(R"svg(<g class="cells" transform="translate({} {}) scale({:.6f})">)svg", left, top, panel / cells);
  for (const auto& [name, path] : paths) out += fmt::format(R"(<path class="{}" d="{}"/>)", name, path);
  return out + fmt::format(R"(</g><rect class="frame" x="{}" y="{}" width="{}" height="{}"/>)", left, top, panel, panel);
}

/// How many steps each cell is from one of another label or from the edge.
std::vector<int> depths(const std::vector<int>& labels) {
  std::vector<int> depth(labels.size(), cells);
  const auto at = [](int x, int y) { return static_cast<std::size_t>(y * cells + x); };
  const auto relax = [&](int x, int y, int dx, int dy) {
    const int nx = x + dx, ny = y + dy;
    const bool inside = nx >= 0 && nx < cells && ny >= 0 && ny < cells;
    const int there = !inside || labels[at(nx, ny)] != labels[at(x, y)] ? 0 : depth[at(nx, ny)];
    depth[at(x, y)] = std::min(depth[at(x, y)], there + 1);
  };
  for (int pass = 0; pass < 2; ++pass) {
    for (int k = 0; k < cells * cells; ++k) {
      const int cell = pass == 0 ? k : cells * cells - 1 - k;
      for (const auto& [dx, dy] : {std::pair{1, 0}, std::pair{-1, 0}, std::pair{0, 1}, std::pair{0, -1}}) relax(cell % cells, cell / cells, dx, dy);
    }
  }
  return depth;
}

/// Names at the deepest cell of each coloured attractor's region.
std::string names_of(const Atlas& atlas, const std::vector<int>& labels, const Classes& classes, double left) {
  const std::vector<int> depth = depths(labels);
  std::map<int, std::size_t> deepest;
  for (std::size_t cell = 0; cell < labels.size(); ++cell) {
    if (labels[cell] < 0 || depth[cell] < least_depth) continue;
    const auto [place, added] = deepest.try_emplace(labels[cell], cell);
    if (!added && depth[cell] > depth[place->second]) place->second = cell;
  }
  std::string out;
  for (const auto& [label, cell] : deepest) {
    const std::string name = atlas.name(label);
    const std::size_t letters = std::min(name.size(), most_letters);
    if (classes.of(label) == "other" || 2 * depth[cell] < static_cast<int>(letters)) continue;
    const double half = 0.5 * letter * static_cast<double>(letters);
    const double middle = left + (static_cast<double>(cell % slice_cells) + 0.5) * panel / cells;
    const double x = std::clamp(middle, left + half, left + panel - half);
    const double y = top + (static_cast<double>(cell / slice_cells) + 0.5) * panel / cells;
    out += fmt::format(R"(<text class="middle name" x="{:.1f}" y="{:.1f}">{}</text>)", x, y + 4, escaped(name, most_letters));
  }
  return out;
}

std::string rings(const Plane& plane, double left) {
  std::string out;
  for (const auto& [across, up] : plane.marks) {
    const double x = left + (across - plane.left) / plane.side * panel;
    const double y = top + panel - (up - plane.bottom) / plane.side * panel;
    for (const char* ring : {"ring", "ring2"}) out += fmt::format(R"(<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="5"/>)", ring, x, y);
  }
  return out;
}

std::string basins(const Atlas& atlas, const Slice& slice, const std::vector<int>& labels, const Classes& classes, double left,
                   std::string_view title) {
  std::vector<std::string> drawn;
  for (const int label : labels) drawn.push_back(classes.of(label));
  return fmt::format(R"(<text class="title" x="{}" y="{}">{}</text>)", left, top - 8, title) + cells_of(drawn, left) +
         rings(slice.plane, left) + names_of(atlas, labels, classes, left);
}

std::string differences(const Slice& slice, double left) {
  std::vector<std::string> drawn;
  for (std::size_t cell = 0; cell < slice.reference.size(); ++cell) {
    const bool outside = slice.reference[cell] == outside_label;
    drawn.emplace_back(outside ? "" : slice.reference[cell] == slice.hardware[cell] ? "agree" : "differ");
  }
  return fmt::format(R"(<text class="title" x="{}" y="{}">They differ in {} of {} cells</text>)", left, top - 8, slice.differing,
                     slice.cells) +
         cells_of(drawn, left) + rings(slice.plane, left);
}

/// Swatches and shares of the cells, circuit and hardware.
class Key {
 public:
  explicit Key(const Slice& slice) : slice_(slice) {}

  template <typename Chosen>
  void add(std::string_view style, std::string_view name, const Chosen& chosen) {
    const double column = static_cast<double>(entries_ % key_columns);
    const double x = gap + column * (panel + gap);
    const double y = top + panel + 44 + static_cast<double>(entries_ / key_columns) * key_step;
    text_ += fmt::format(R"(<rect class="{}" x="{}" y="{:.1f}" width="14" height="14"/><text x="{}" y="{:.1f}">{}</text>)", style, x, y, x + 21,
                         y + 11, escaped(name, 24));
    text_ += fmt::format(R"(<text class="dim" text-anchor="end" x="{}" y="{:.1f}">{:.1f} | {:.1f} %</text>)", x + panel, y + 11,
                         share(slice_.reference, chosen), share(slice_.hardware, chosen));
    ++entries_;
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] double end() const {
    return top + panel + 52 + static_cast<double>((entries_ + key_columns - 1) / key_columns) * key_step;
  }

 private:
  template <typename Chosen>
  [[nodiscard]] double share(const std::vector<int>& labels, const Chosen& chosen) const {
    const auto count = static_cast<double>(std::ranges::count_if(labels, chosen));
    return slice_.cells == 0 ? 0.0 : 100.0 * count / static_cast<double>(slice_.cells);
  }

  const Slice& slice_;
  std::size_t entries_ = 0;
  std::string text_;
};

Key key_of(const Atlas& atlas, const Slice& slice, const std::vector<std::pair<int, std::size_t>>& order, const Classes& classes) {
  Key key(slice);
  for (std::size_t k = 0; k < std::min(order.size(), colours); ++k) {
    const int label = order[k].first;
    key.add(classes.of(label), atlas.name(label), [label](int own) { return own == label; });
  }
  if (order.size() > colours) {
    key.add("other", fmt::format("{} others", order.size() - colours),
            [&](int own) { return own >= 0 && classes.of(own) == "other"; });
  }
  const auto unsettled = [](int own) { return own == unsettled_label; };
  if (std::ranges::any_of(slice.reference, unsettled) || std::ranges::any_of(slice.hardware, unsettled)) {
    key.add("unsettled", "unsettled", unsettled);
  }
  return key;
}

}  // namespace

std::string slice_picture(const Design& design, const Atlas& atlas, const Slice& slice, const std::string& unit) {
  const auto order = by_area(slice);
  const Classes classes(order);
  const Key key = key_of(atlas, slice, order, classes);
  const std::string title = fmt::format("{}: the plane through {}", design.name, slice.plane.title(design.memory));
  std::string out = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img"><title>{2}</title>)", width,
      key.end(), escaped(title));
  out += style() + R"(<rect class="paper" width="100%" height="100%"/>)";
  out += fmt::format(R"(<text class="title" x="{}" y="22">{}</text>)", gap, escaped(title));
  out += basins(atlas, slice, slice.reference, classes, gap, "Circuit");
  out += basins(atlas, slice, slice.hardware, classes, 2 * gap + panel, "Hardware");
  out += differences(slice, 3 * gap + 2 * panel);
  const std::string side = short_number(slice.plane.side) + (unit.empty() ? "" : " " + unit);
  out += fmt::format(R"(<text class="dim" x="{}" y="{}">Starts u(0) in a square of side {}; rings: the memories; shares of cells, circuit | hardware</text>)",
                     gap, top + panel + 24, escaped(side));
  return out + key.text() + "</svg>\n";
}

}  // namespace basin::report
