#include "sim/report/state_chart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/report/curves.hpp"
#include "sim/report/waveform.hpp"

namespace basin::report {
namespace {

constexpr std::size_t most_cues = 3;
constexpr std::size_t most_neurons = 4;

/// What ended the run.
std::string end_text(const SimulatedCue& cue, const TimeUnit& unit) {
  if (!cue.period) return cue.attractor == "unsettled" ? std::string("to the last sample") : "ends in " + cue.attractor;
  return fmt::format("period {:.4g} {}", *cue.period * unit.scale, unit.name);
}

Panel panel_of(const SimulatedCue& cue, const std::vector<double>& times, const TimeUnit& unit, bool physical) {
  std::vector<double> x = times;
  for (double& t : x) t *= unit.scale;
  Panel panel{fmt::format("cue {}: {}", cue.cue, end_text(cue, unit)), "t / " + unit.name, physical ? "u / V" : "u", {}, {}};
  std::size_t colour = 0;
  std::vector<Index> neurons = most_moving(cue.samples, most_neurons);
  std::ranges::sort(neurons);   // colours alike from cue to cue, where there are few
  for (const Index i : neurons) {
    Curve line{fmt::format("u{}", i), colour++, false, x, column(cue.samples, i), {}, {}};
    line.dots = false;
    panel.curves.push_back(std::move(line));
  }
  return panel;
}

}  // namespace

std::string state_chart(const std::string& title, const Simulation& found, bool physical) {
  if (found.times.empty()) return "";
  const TimeUnit unit = time_unit(found.times.back(), physical);
  std::vector<Panel> panels;
  for (const SimulatedCue& cue : found.cues) {
    if (panels.size() < most_cues) panels.push_back(panel_of(cue, found.times, unit, physical));
  }
  return curves_svg(title, panels);
}

}  // namespace basin::report
