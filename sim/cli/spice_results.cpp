#include "sim/cli/spice_results.hpp"

#include <fmt/format.h>

#include "sim/cli/amplifier_results.hpp"

namespace basin::cli {
namespace {

Json list(const Vector& values) {
  Json all = Json::array();
  for (const double value : values) all.push_back(number(value));
  return all;
}

Json comparison_of(const Comparison& comparison) {
  const ComparedCue& worst = comparison.cues[comparison.worst];
  return {{"max_difference", number(comparison.max_difference())},
          {"limit", max_spice_difference},
          {"at", {{"cue", worst.cue}, {"neuron", worst.neuron}, {"t", worst.t}, {"quantity", worst.quantity}}},
          {"model", comparison.physical.is_ideal ? "ideal" : "opamp"},
          {"cues", comparison.cues.size()}};
}

Json physical_of(const Comparison& comparison) {
  const Realisation& parts = comparison.physical.parts;
  return {{"scale", parts.scale},
          {"gain", list(parts.network.gain)},
          {"output_swing", parts.network.swing},
          {"exact", parts.is_exact},
          {"overlap_amplifiers", parts.network.overlaps()},
          {"time_unit", parts.time_unit}};
}

Json points_of(const Sheet& sheet) {
  Json points = Json::array();
  for (const SheetPoint& point : sheet.points) {
    Json poles = Json::array();
    for (const auto& pole : point.at.poles_hz) poles.push_back({number(pole.real()), number(pole.imag())});
    points.push_back({{"name", point.name},
                      {"stable", truth(point.at.stable)},
                      {"power", number(point.at.power_w)},
                      {"u", list(point.at.u_v)},
                      {"V", list(point.at.output_v)},
                      {"poles", poles.empty() ? Json(nullptr) : std::move(poles)}});
  }
  return points;
}

}  // namespace

std::string unit_of(const Part& part) {
  if (part.kind == "resistor") return "ohm";
  if (part.kind == "line") return "s";
  return part.kind == "capacitor" ? "F" : "V/V";
}

std::string parts_csv(const Sheet& sheet) {
  std::string text = "part,value,unit,count\n";
  for (const Part& part : sheet.parts) text += fmt::format("{},{},{},{}\n", part.kind, part.value, unit_of(part), part.count);
  return text;
}

std::string waveforms_csv(const Comparison& comparison) {
  const ComparedCue& cue = comparison.cues[comparison.worst];
  const std::pair<const char*, const Matrix*> blocks[] = {
      {"u{}", &cue.u}, {"V{}", &cue.v}, {"u{}_ngspice", &cue.u_spice}, {"V{}_ngspice", &cue.v_spice}};
  std::string text = "t";
  for (const auto& [name, values] : blocks) {
    for (Index i = 0; i < values->cols(); ++i) text += "," + fmt::format(fmt::runtime(name), i);
  }
  text += "\n";
  for (std::size_t k = 0; k < cue.times.size(); ++k) {
    text += fmt::format("{}", cue.times[k]);
    for (const auto& [name, values] : blocks) {
      for (const double value : values->row(static_cast<Index>(k))) text += fmt::format(",{}", value);
    }
    text += "\n";
  }
  return text;
}

void add_spice(Json& document, const Design& design, const Comparison& comparison, const Sheet& sheet) {
  document["spice"] = comparison_of(comparison);
  document["physical"] = physical_of(comparison);
  document["amplifier"] = amplifier_of(design.amplifier, comparison.physical.parts.amplifiers, !comparison.physical.is_ideal);
  Json& memories = document["memories"] = Json::array();
  for (const SheetMemory& memory : sheet.memories) {
    memories.push_back({{"name", memory.name},
                        {"stored", truth(memory.stored)},
                        {"margin", number(memory.margin)},
                        {"margin_of_parts", number(memory.margin_of_parts)}});
  }
  document["operating_points"] = points_of(sheet);
  Json& parts = document["parts"] = Json::array();
  for (const Part& part : sheet.parts) {
    parts.push_back({{"part", part.kind}, {"value", number(part.value)}, {"unit", unit_of(part)}, {"count", part.count}});
  }
  Json& cues = document["runs"] = Json::array();
  for (const ComparedCue& cue : comparison.cues) {
    cues.push_back({{"cue", cue.cue},
                    {"end", cue.end},
                    {"t_end", number(cue.t_end)},
                    {"points", cue.points},
                    {"difference", number(cue.difference)},
                    {"at", {{"neuron", cue.neuron}, {"t", number(cue.t)}, {"quantity", cue.quantity}}},
                    {"apart_from", number(cue.apart_from)}});
  }
}

}  // namespace basin::cli
