#include "sim/report/verb_charts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/report/curves.hpp"
#include "sim/report/waveform.hpp"

namespace basin::report {
namespace {

/// Dots at the cues for which `value` is known.
template <class Value>
Curve over_cues(const Simulation& found, const Value& value) {
  Curve curve{"", 0, false, {}, {}, {}, {}};
  curve.joined = false;
  for (const SimulatedCue& cue : found.cues) {
    if (const auto known = value(cue)) {
      curve.x.push_back(cue.cue);
      curve.y.push_back(*known);
    }
  }
  return curve;
}

void add_panel(std::vector<Panel>& panels, const char* title, std::string y_label, Curve curve) {
  if (!curve.x.empty()) panels.push_back({title, "cue", std::move(y_label), {std::move(curve)}, {}});
}

}  // namespace

std::string simulation_chart(const Design& design, const Simulation& found) {
  std::vector<Panel> panels;
  Curve settled = over_cues(found, [](const SimulatedCue& cue) { return cue.settle_time; });
  const double longest = settled.y.empty() ? 0.0 : std::ranges::max(settled.y);
  const TimeUnit unit = time_unit(longest, design.circuit.units == Units::physical);
  for (double& t : settled.y) t *= unit.scale;
  add_panel(panels, "When each cue settled", "t / " + unit.name, std::move(settled));
  add_panel(panels, "Overlap with its memory at the end", "m", over_cues(found, [](const SimulatedCue& cue) { return cue.overlap; }));
  if (panels.empty()) {
    add_panel(panels, "Energy at the end", "E", over_cues(found, [](const SimulatedCue& cue) { return std::optional(cue.energy); }));
  }
  return curves_svg(design.name + ": the circuit in continuous time", panels);
}

std::string storage_chart(const Design& design, const StorageReport& found) {
  Curve margins{"margin κ", 0, false, {}, {}, {}, {}};
  Curve proved{"ends there from |V| of at least", 1, false, {}, {}, {}, {}};
  margins.joined = proved.joined = false;
  double number = 0.0;
  for (const StorageOfMemory& memory : found.memories) {
    margins.x.push_back(number);
    margins.y.push_back(memory.margin);
    if (memory.certified_from) {
      proved.x.push_back(number);
      proved.y.push_back(*memory.certified_from);
    }
    number += 1.0;
  }
  Panel panel{"What holds each memory", "memory", design.circuit.units == Units::physical ? "κ / V" : "κ", {}, {}};
  Curve zero{"", 7, true, {0.0, std::max(1.0, number - 1.0)}, {0.0, 0.0}, {}, {}};   // below it a neuron is pushed the wrong way
  panel.curves = {std::move(margins), std::move(zero)};
  if (!proved.x.empty()) panel.curves.push_back(std::move(proved));
  return curves_svg(design.name + ": its memories", std::vector<Panel>{panel});
}

std::string clock_chart(const Design& design, const std::vector<ClockRuns>& found) {
  Panel panel{"Clock of every place and route run", "seed", "MHz", {}, {}};
  std::size_t colour = 0;
  for (const ClockRuns& one : found) {
    Curve runs{one.target + " by nextpnr", colour, false, {}, {}, {}, {}};
    Curve median{"its median", colour, true, {}, {}, {}, {}};
    runs.joined = false;
    for (const auto& [seed, mhz] : one.mhz_of_seed) {
      runs.x.push_back(seed);
      runs.y.push_back(mhz);
      median.x.push_back(seed);
      median.y.push_back(one.median_mhz);
    }
    panel.curves.push_back(std::move(runs));
    panel.curves.push_back(std::move(median));
    ++colour;
  }
  return curves_svg(design.name + " on an FPGA", std::vector<Panel>{panel});
}

}  // namespace basin::report
