#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "sim/report/sections.hpp"
#include "sim/report/series.hpp"
#include "sim/report/svg.hpp"
#include "sim/report/text.hpp"

namespace basin::report {
namespace {

constexpr std::size_t most_shown = 8;
constexpr std::size_t most_traces = 6;
constexpr std::size_t most_overlaps = 8;    // as many as there are colours
constexpr std::size_t most_samples = 400;   // a cue in the page; results.h5 has them all

/// `unit` with the prefix that brings `largest` to 1 or more, and what a value is multiplied by.
std::pair<std::string, double> scaled(const std::string& unit, double largest) {
  for (const auto& [prefix, factor] : {std::pair{"", 1.0}, {"m", 1e3}, {"µ", 1e6}, {"n", 1e9}}) {
    if (largest * factor >= 1.0) return {prefix + unit, factor};
  }
  return {"p" + unit, 1e12};
}

std::pair<std::string, double> time_scale(const Traces& traces) {
  if (traces.time_unit != "s") return {"τ", 1.0};
  return scaled("s", traces.t.empty() ? 1.0 : traces.t.back());
}

std::pair<std::string, double> energy_scale(const Traces& traces) {
  double largest = 0.0;
  for (const double energy : traces.energy) largest = std::max(largest, std::abs(energy));
  return traces.state_unit == "V" ? scaled("W", largest) : std::pair<std::string, double>{"", 1.0};
}

void thin(std::vector<double>& values) {
  const std::size_t stride = (values.size() + most_samples - 1) / most_samples;
  if (stride < 2) return;
  for (std::size_t k = 0; k * stride < values.size(); ++k) values[k] = values[k * stride];
  values.resize((values.size() + stride - 1) / stride);
}

CueSeries drawn_series(const Verification& found, const MemorySpec& memory, int cue, double time_factor, double energy_factor) {
  CueSeries series = series_of(found, memory, cue, most_traces, most_overlaps);
  for (double& t : series.t) t *= time_factor;
  for (double& value : series.analog_energy) value *= energy_factor;
  for (double& value : series.hardware_energy) value *= energy_factor;
  thin(series.t);
  thin(series.analog_energy);
  thin(series.hardware_energy);
  thin(series.deviation);
  for (OverlapSeries& one : series.overlaps) {
    thin(one.analog);
    thin(one.hardware);
  }
  for (NeuronSeries& neuron : series.neurons) {
    thin(neuron.analog);
    thin(neuron.hardware);
  }
  return series;
}

std::string json_numbers(const std::vector<double>& values) {
  std::string out = "[";
  for (const double value : values)
    fmt::format_to(std::back_inserter(out), "{}{:.6g}", out.size() > 1 ? "," : "", value);
  return out + "]";
}

std::string json_cue(const Verification& found, const CueSeries& series) {
  const Recall& recall = found.recalls[static_cast<std::size_t>(series.cue)];
  std::string neurons;
  for (const NeuronSeries& one : series.neurons) {
    neurons += fmt::format(R"({}{{"neuron":{},"analog":{},"hardware":{}}})", neurons.empty() ? "" : ",", one.neuron,
                           json_numbers(one.analog), json_numbers(one.hardware));
  }
  std::string overlaps;
  for (const OverlapSeries& one : series.overlaps) {
    overlaps += fmt::format(R"({}{{"memory":{},"analog":{},"hardware":{}}})", overlaps.empty() ? "" : ",", json_string(one.memory),
                            json_numbers(one.analog), json_numbers(one.hardware));
  }
  const std::string from = recall.target.empty() ? "" : recall.target + " ";
  return fmt::format(R"({{"name":{},"t":{},"energy":[{},{}],"deviation":{},"neurons":[{}],"overlaps":[{}]}})",
                     json_string(fmt::format("cue {}: {}→ {}", recall.cue, from, recall.attractor)), json_numbers(series.t),
                     json_numbers(series.analog_energy), json_numbers(series.hardware_energy), json_numbers(series.deviation),
                     neurons, overlaps);
}

std::string figure(const char* name, const std::string& drawing, const std::string& caption) {
  return fmt::format(R"(<figure><div class="plot" data-plot="{}">{}</div><figcaption>{}</figcaption></figure>)", name, drawing, caption);
}

/// Overlaps with the memories of a recall that passes several; "" for another.
std::string overlaps_figure(const CueSeries& series, const std::string& x_label) {
  if (series.overlaps.empty()) return "";
  Chart overlaps{fmt::format("Overlaps with the memories over time of cue {}, circuit and hardware", series.cue), x_label,
                 "overlap ξ·V/N", false, series.t, {}};
  std::string names;
  for (std::size_t m = 0; m < series.overlaps.size(); ++m) {
    overlaps.lines.push_back({"circuit", fmt::format("analog m{}", m), series.overlaps[m].analog});
    overlaps.lines.push_back({"hardware", fmt::format("m{}", m), series.overlaps[m].hardware});
    names += fmt::format(R"( <span class="memory m{}">{}</span>)", m, escaped(series.overlaps[m].memory));
  }
  return figure("overlaps", chart(overlaps),
                fmt::format("Overlap with each memory, 1 where it shows: circuit wide, hardware thin. "
                            "<span id=\"traces-memories\">{}</span>", names));
}

constexpr const char* key =
    R"(<span class="key analog">circuit, continuous</span> <span class="key hardware">hardware, integers</span>)";

}  // namespace

std::string traces_section(const Design& design, const Verification& found) {
  if (!has_series(found)) return "";
  const auto [unit, factor] = time_scale(found.traces);
  const std::string x_label = "time, " + unit;
  const std::string u_label = found.traces.state_unit == "V" ? "u, V" : "u";
  const auto [energy_unit, energy_factor] = energy_scale(found.traces);
  const std::string energy_label = energy_unit.empty() ? "energy" : "energy, " + energy_unit;
  const std::vector<int> cues = chosen_cues(found, most_shown);
  const int first = std::max(0, std::min(found.deviation.at.cue, found.cues.count - 1));
  const CueSeries series = drawn_series(found, design.memory, first, factor, energy_factor);
  const Chart energy{fmt::format("Energy over time of cue {}, circuit and hardware", first), x_label, energy_label, false, series.t,
                     {{"circuit", "analog", series.analog_energy}, {"hardware", "hardware", series.hardware_energy}}};
  Chart states{fmt::format("States over time of cue {}, circuit and hardware", first), x_label, u_label, false, series.t, {}};
  std::string neurons;
  for (const NeuronSeries& one : series.neurons) {
    states.lines.push_back({"circuit", "analog", one.analog});
    states.lines.push_back({"hardware", "hardware", one.hardware});
    neurons += fmt::format("{}{}", neurons.empty() ? "" : ", ", one.neuron);
  }
  const Chart deviation{fmt::format("Deviation over time of cue {} beside its limit", first), x_label, "normalised deviation", true, series.t,
                        {{"deviation", "hardware", series.deviation}}, found.deviation.limit};
  std::string data;
  for (const int cue : cues) data += (data.empty() ? "" : ",") + json_cue(found, drawn_series(found, design.memory, cue, factor, energy_factor));
  return section(
      "traces", "Traces",
      fmt::format("<p>The analog circuit against the hardware, from the start to where the hardware settled or was stopped: "
                  "<span id=\"traces-cue\">cue {}, that of the largest deviation</span>.</p>", first) +
          overlaps_figure(series, x_label) + figure("energy", chart(energy), fmt::format("Energy. {}", key)) +
          figure("states", chart(states), fmt::format("States of some neurons, those that move most and the one that deviates most: "
                                                      "<span id=\"traces-neurons\">{}</span>. {}", neurons, key)) +
          figure("deviation", chart(deviation), "Largest deviation of any neuron, as a fraction of full scale and divided by what the "
                                                "circuit itself amplifies; of a cycle the first time round.") +
          fmt::format(R"(<script type="application/json" id="traces-data">{{"first":{},"x":{},"u":{},"energy":{},"limit":{:.6g},"cues":[{}]}}</script>)",
                      std::find(cues.begin(), cues.end(), first) - cues.begin(), json_string(x_label), json_string(u_label),
                      json_string(energy_label), found.deviation.limit, data));
}

}  // namespace basin::report
