#include "sim/cli/yield_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/design/activation_names.hpp"
#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

Cell share_cell(const Share& share) { return fmt::format("{:.1f} %", 100.0 * share.value); }

Cell interval_cell(const YieldRow& row, const Share& share) {
  if (!row.what.is_random()) return Cell("-", Tone::dim);
  return fmt::format("{:.1f} to {:.1f}", 100.0 * share.low, 100.0 * share.high);
}

/// "3 of 12 memories" of the one circuit, or how many of all store every one.
Cell stored_cell(const YieldRow& row, const YieldReport& report) {
  if (!row.what.is_random()) return fmt::format("{} of {}", row.stored.front(), report.memories);
  return share_cell(row.all_stored);
}

/// The key without its section, in words.
std::string label_of(const YieldCase& what) {
  if (what.name == "nominal") return "nothing";
  if (what.name == "all") return "all together";
  if (what.name == "tolerance.input_offset") return "offset spread";  // [amplifier] has an input_offset too
  std::string label = what.name.substr(what.name.find('.') + 1);
  std::ranges::replace(label, '_', ' ');
  return label;
}

void print_faults(Terminal& terminal, const YieldReport& report) {
  terminal.heading("By what is not ideal");
  Table table{{{"not ideal", Align::left}, {"value"}, {"recalled"}, {"95 %"}, {"all stored"}, {"95 %"}}, {}};
  for (const YieldRow& row : report.rows) {
    if (row.what.activation) continue;
    table.rows.push_back({label_of(row.what), row.what.value, share_cell(row.yield), interval_cell(row, row.yield),
                          stored_cell(row, report), interval_cell(row, row.all_stored)});
  }
  terminal.table(table);
}

/// Every activation once: its nominal circuit, and all together.
void print_activations(Terminal& terminal, const YieldReport& report) {
  terminal.heading("By activation, the gain the same");
  Table table{{{"activation", Align::left}, {"nominal"}}, {}};
  if (report.has_faults) {
    for (const char* title : {"all together", "95 %", "all stored", "95 %"}) table.columns.push_back({title});
  }
  for (const YieldRow& row : report.rows) {
    const std::string name = row.what.activation ? to_string(*row.what.activation) : report.activation;
    if (row.what.name == "nominal") table.rows.push_back({name, share_cell(row.yield)});
    if (row.what.name != "all") continue;
    const auto same =
        std::ranges::find_if(table.rows, [&](const std::vector<Cell>& cells) { return cells.front().text == name; });
    for (Cell cell : {share_cell(row.yield), interval_cell(row, row.yield), stored_cell(row, report),
                      interval_cell(row, row.all_stored)}) {
      same->push_back(std::move(cell));
    }
  }
  terminal.table(table);
}

}  // namespace

void print_yield(Terminal& terminal, const Design& design, const YieldReport& report,
                 const std::filesystem::path& folder) {
  terminal.line(fmt::format("{}: {} made of each case with a spread, {} each", design.name,
                            counted(static_cast<std::size_t>(report.runs), "circuit"),
                            counted(static_cast<std::size_t>(report.cues), "cue")));
  terminal.field("design", design.file);
  terminal.field("design.id", design.id.substr(0, 16) + "…");
  for (const std::string& warning : design.warnings) terminal.field("note", Cell(warning, Tone::warn));
  if (report.found > 0) terminal.field("kept", fmt::format("{} from an earlier run", counted(report.found, "case")));
  if (report.has_faults) {
    print_faults(terminal, report);
  } else {
    terminal.field("note", Cell("nothing is off in this design; tolerance.resistors, .capacitors, .input_offset, "
                                ".stuck_open, .stuck_short, "
                                ".supply_droop, the keys of [amplifier], circuit.delay and noise.temperature say what is",
                                Tone::warn));
  }
  print_activations(terminal, report);
  terminal.line();
  terminal.field("recalled", report.is_sequence
                                 ? "share of cues whose run passes every memory in order, their own first"
                                 : "share of cues whose run ends at a stable operating point with the signs of their own memory");
  const auto is_noisy = [](const YieldRow& row) { return row.what.is_noisy; };
  if (std::ranges::any_of(report.rows, is_noisy)) terminal.field("", "with noise, of whose runs none comes to rest: share that end with those signs");
  if (report.has_faults) {
    terminal.field(
        "all stored",
        report.is_sequence
            ? "share of circuits in which every memory is a stable operating point while no slow unit pushes, or how many are in the "
              "one circuit"
            : "share of circuits that have such a point for every memory, or how many of them the one circuit has");
    terminal.field("95 %", "Wilson interval, the circuit being the unit; \"-\": one circuit, for nothing has a spread");
  }
  terminal.field("results", folder.string() + "/results.json and yield.svg");
}

}  // namespace basin::cli
