#include "sim/report/tube_chart.hpp"

#include <fmt/format.h>

#include <cmath>

#include "sim/report/curves.hpp"

namespace basin::report {
namespace {

Curve curve_of(const std::string& name, std::size_t colour, const std::vector<double>& values, double scale) {
  Curve curve{name, colour, false, {}, {}, {}, {}};
  curve.dots = false;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (!(values[k] > 0.0)) continue;   // has no logarithm
    curve.x.push_back(static_cast<double>(k));
    curve.y.push_back(std::log10(values[k] / scale));
  }
  return curve;
}

}  // namespace

std::string tube_chart(const Design& design, const CertifiedRuns& certified) {
  const CertifiedRun& run = certified.runs.front();
  std::vector<Panel> panels;
  for (const VersionedTube& made : run.tubes) {
    const std::string version = to_string(made.version);
    Panel panel{fmt::format("Cue {} and the {} circuit", run.cue, version), "network steps", "log₁₀ of |u_hw − u|/B", {}, {}};
    std::vector<double> radii;
    for (std::size_t k = 0; k < made.tube.radii.size(); ++k) radii.push_back(made.tube.radius(k));
    panel.curves.push_back(curve_of("E, proved", 0, radii, certified.bound));
    panel.curves.push_back(curve_of("error, integrated", 1, true_errors(certified, run, made), certified.bound));
    if (!made.tube.is_granted()) panel.title += ": " + why_not(made.tube);
    panels.push_back(std::move(panel));
  }
  return curves_svg(design.name + ": the hardware beside its circuits", panels);
}

}  // namespace basin::report
