#include "sim/cli/spice_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/cli/amplifier_results.hpp"
#include "sim/cli/spice_results.hpp"
#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

constexpr std::size_t most_lines = 16;

std::string range(const Vector& values, std::string_view unit) {
  const double low = values.minCoeff(), high = values.maxCoeff();
  const auto text = [unit](double value) { return quantity(value, unit); };
  return high - low <= 1e-9 * high ? text(high) : text(low) + " to " + text(high);
}

void print_network(Terminal& terminal, const Design& design, const PhysicalDesign& physical) {
  const Realisation& parts = physical.parts;
  terminal.heading(fmt::format("The circuit of {} in components", design.name));
  const Index overlaps = parts.network.overlaps();
  const std::string_view sum = overlaps > 0 ? "sum at a node" : "sum |W| + |b|";
  if (overlaps > 0) {
    terminal.field("network", fmt::format("{} overlap amplifiers of gain ±1 between outputs and nodes", overlaps));
  }
  terminal.field("rescaling", parts.scale == 1.0
                                  ? fmt::format("s = 1: every {} is at most 1, so resistors alone make it", sum)
                                  : fmt::format("s = {:.6g}, the largest {}: W/s and b/s are passive, u is u/s", parts.scale, sum));
  terminal.field("gain", fmt::format("s·λ = {} V/V, output ±{}", range(parts.network.gain, ""),
                                     quantity(parts.network.swing, "V")));
  terminal.field("time", fmt::format("RC {}", range(parts.made.tau, "s")));
  if (!physical.is_ideal) {
    terminal.field("model", amplifier_text(physical.amplifiers));
  }
}

void print_parts(Terminal& terminal, const Sheet& sheet) {
  for (const char* kind : {"resistor", "capacitor", "amplifier", "line"}) {
    std::vector<const Part*> parts;
    int count = 0;
    for (const Part& part : sheet.parts) {
      if (part.kind != kind) continue;
      parts.push_back(&part);
      count += part.count;
    }
    if (parts.empty() && kind == std::string_view("line")) continue;   // of delays
    std::ranges::stable_sort(parts, [](const Part* a, const Part* b) { return a->count > b->count; });
    std::string text = fmt::format("{} of {}", grouped(static_cast<std::uint64_t>(count)), counted(parts.size(), "value"));
    constexpr std::size_t shown = 4;
    for (std::size_t i = 0; i < std::min(parts.size(), shown); ++i) {
      text += fmt::format("{}{} × {}", i == 0 ? ": " : ", ", grouped(static_cast<std::uint64_t>(parts[i]->count)),
                          quantity(parts[i]->value, unit_of(*parts[i]) == "V/V" ? "" : unit_of(*parts[i]), 4));
    }
    terminal.field(std::string(kind) + "s", text + (parts.size() > shown ? ", …" : ""));
  }
}

void print_memories(Terminal& terminal, const PhysicalDesign& physical, const Sheet& sheet) {
  if (sheet.memories.empty()) return;
  terminal.heading(physical.parts.is_exact ? "Memories" : "Memories, with parts that there are");
  Table table{{{"memory", Align::left}, {"margin"}}, {}};
  if (!physical.parts.is_exact) table.columns.push_back({"of the parts"});
  table.columns.push_back({"stored", Align::left});
  for (std::size_t m = 0; m < std::min(sheet.memories.size(), most_lines); ++m) {
    const SheetMemory& memory = sheet.memories[m];
    std::vector<Cell> row{memory.name, fmt::format("{:.5f}", memory.margin)};
    if (!physical.parts.is_exact) row.emplace_back(fmt::format("{:.5f}", memory.margin_of_parts));
    row.push_back(answer(memory.stored));
    table.rows.push_back(std::move(row));
  }
  terminal.table(table);
  terminal.and_more(sheet.memories.size(), most_lines);
}

/// With delays there are infinitely many poles, and no fastest one.
void print_points(Terminal& terminal, const Sheet& sheet, bool delayed) {
  if (sheet.points.empty()) return;
  terminal.heading("Operating points");
  Table table{{{"state", Align::left}, {"power"}, {"slowest pole"}, {"fastest pole"}, {"largest |u|"}, {"stable", Align::left}}, {}};
  for (std::size_t k = 0; k < std::min(sheet.points.size(), most_lines); ++k) {
    const OperatingPoint& at = sheet.points[k].at;
    const Index poles = at.poles_hz.size();
    const auto pole = [&](Index p) -> std::string { return poles == 0 ? "-" : quantity(at.poles_hz[p].real(), "Hz"); };
    table.rows.push_back({sheet.points[k].name, quantity(at.power_w, "W"), pole(0), delayed ? "-" : pole(poles - 1),
                          quantity(at.u_v.cwiseAbs().maxCoeff(), "V"),
                          answer(at.stable, Tone::warn)});
  }
  terminal.table(table);
  terminal.and_more(sheet.points.size(), most_lines);
}

void print_comparison(Terminal& terminal, const Comparison& comparison) {
  const ComparedCue& worst = comparison.cues[comparison.worst];
  terminal.heading("ngspice beside the reference");
  std::size_t points = 0;
  for (const ComparedCue& cue : comparison.cues) points += cue.points;
  terminal.field("runs", fmt::format("{}, {} time points", counted(comparison.cues.size(), "cue"), grouped(points)));
  terminal.field("difference", Cell(fmt::format("{} of full scale, limit {}", short_number(comparison.max_difference()),
                                                short_number(max_spice_difference)),
                                    comparison.agrees() ? Tone::good : Tone::bad));
  terminal.field("at", fmt::format("cue {}, {} of neuron {}, {}", worst.cue, worst.quantity, worst.neuron, quantity(worst.t, "s")));
  if (worst.apart_from) {
    terminal.field("apart from", Cell(fmt::format("{} on, of {}", quantity(*worst.apart_from, "s"), quantity(worst.t_end, "s")), Tone::bad));
  }
}

}  // namespace

void print_spice(Terminal& terminal, const Design& design, const Comparison& comparison, const Sheet& sheet,
                 const std::filesystem::path& folder, const std::string& dialect) {
  print_network(terminal, design, comparison.physical);
  print_parts(terminal, sheet);
  print_memories(terminal, comparison.physical, sheet);
  print_points(terminal, sheet, comparison.physical.parts.network.delay.size() > 0);
  print_comparison(terminal, comparison);
  terminal.heading("Written");
  terminal.field("to", folder.string());
  terminal.field("", fmt::format("circuit.cir, bench.{}.cir, bill_of_materials.csv, spice.svg, spice.csv, results.json", dialect));
}

}  // namespace basin::cli
