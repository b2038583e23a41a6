#include "sim/report/atlas_chart.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "sim/report/curves.hpp"

namespace basin::report {
namespace {

void add(Curve& curve, double x, const Share& share) {
  curve.x.push_back(x);
  curve.y.push_back(share.value);
  curve.low.push_back(share.low);
  curve.high.push_back(share.high);
}

/// The curves of circuit and hardware over `points`, as x_of says where each is.
template <typename Points, typename XOf, typename BothOf>
std::vector<Curve> curves_over(const Points& points, const XOf& x_of, const BothOf& both_of) {
  std::vector<Curve> curves(2);
  curves[0].name = "circuit";
  curves[1].name = "hardware";
  curves[1].colour = 1;
  curves[1].joined = false;   // its points lie on the circuit's line as long as the two agree
  for (std::size_t k = 0; k < points.size(); ++k) {
    add(curves[0], x_of(points[k], k), both_of(points[k]).reference);
    add(curves[1], x_of(points[k], k), both_of(points[k]).hardware);
  }
  return curves;
}

}  // namespace

std::string atlas_chart(const Design& design, const Atlas& atlas, const std::string& unit) {
  std::vector<Panel> panels;
  const auto all = [](const RecallPoint& point) { return point.all; };
  if (!atlas.distances.empty()) {
    panels.push_back({"Memories recalled, by how many signs of the start are turned", "signs turned", "share recalled",
                      curves_over(atlas.distances, [](const RecallPoint& p, std::size_t) { return p.set.flips; }, all), {}});
  }
  if (!atlas.amplitudes.empty()) {
    const std::string label = "log₂ of the start's amplitude" + (unit.empty() ? "" : " in " + unit);
    panels.push_back({fmt::format("Memories recalled with {} signs turned, by amplitude", atlas.amplitudes.front().set.flips), label,
                      "share recalled",
                      curves_over(atlas.amplitudes, [](const RecallPoint& p, std::size_t) { return std::log2(p.set.amplitude); }, all), {}});
  }
  for (const Volumes& volumes : atlas.volumes) {
    const bool box = volumes.set.kind == StartKind::box;
    panels.push_back({box ? "Basin volumes in the box of all states" : "Basin volumes among random signs", "attractors by rank",
                      "share of the starts",
                      curves_over(volumes.attractors, [](const Volume&, std::size_t k) { return static_cast<double>(k + 1); },
                                  [](const Volume& volume) { return volume.share; }),
                      {}});
  }
  return curves_svg(design.name, panels);
}

}  // namespace basin::report
