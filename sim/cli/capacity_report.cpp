#include "sim/cli/capacity_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/design/rule_names.hpp"
#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

using Row = std::vector<Cell>;

std::string heading_of(const basin::Cell& cell) {
  const std::string turned = percent(cell.flip) + " of a cue turned";
  if (cell.sign) return fmt::format("{}, two-valued neurons, {}", to_string(cell.rule), turned);
  std::string text = fmt::format("{}, gain {:g}, {}, {}", to_string(cell.rule), cell.gain, turned, cell.engine);
  if (cell.weight_bits) text += fmt::format(", weights of {} bits", *cell.weight_bits);
  return text;
}

Row load_cells(const basin::Cell& cell) {
  return {fmt::to_string(cell.neurons), fmt::to_string(cell.patterns), fmt::format("{:.4f}", cell.load())};
}

void add_search(Row& row, const CellResult& result) {
  const FewestBits& bits = result.bits;
  const Cell never("-", Tone::dim);
  row.push_back(bits.stored == 0 ? never : Cell(fmt::to_string(bits.least)));
  row.push_back(bits.stored < result.trials.size() ? never : Cell(fmt::to_string(bits.most)));
  row.push_back(fmt::format("{} of {}", bits.stored, result.trials.size()));
}

void add_recalls(Row& row, const CellResult& result) {
  row.push_back(fmt::format("{:.5f}", result.overlap.value));
  row.push_back(result.trials.size() < 2 ? Cell("-", Tone::dim) : Cell(fmt::format("{:.5f}", result.overlap.error)));
  row.push_back(result.theory.overlap ? Cell(fmt::format("{:.5f}", *result.theory.overlap)) : Cell("-", Tone::dim));
  row.push_back(percent(result.recalled.value));
  row.push_back(fmt::format("{:.1f} to {:.1f}", 100.0 * result.recalled.low, 100.0 * result.recalled.high));
}

void print_table(Terminal& terminal, const Campaign& campaign, const basin::Cell& curve) {
  Table table{{{"N"}, {"M"}, {"M/N"}}, {}};
  const std::vector<Column> more = campaign.search ? std::vector<Column>{{"fewest bits"}, {"for all trials"}, {"stored"}}
                                          : std::vector<Column>{{"overlap"}, {"sem"}, {"theory"}, {"recalled"}, {"95 %"}};
  table.columns.insert(table.columns.end(), more.begin(), more.end());
  for (const CellResult& result : campaign.cells) {
    if (!result.cell.same_settings(curve)) continue;
    Row row = load_cells(result.cell);
    campaign.search ? add_search(row, result) : add_recalls(row, result);
    table.rows.push_back(std::move(row));
  }
  terminal.heading(heading_of(curve));
  terminal.table(table);
}

void print_scaling(Terminal& terminal, const CurveScaling& curve) {
  terminal.heading("N to infinity: " + heading_of(curve.cell));
  for (const HalfLoad& half : curve.scaling.halves) {
    terminal.field(fmt::format("N = {}", half.neurons), fmt::format("half recalled at {:.4f} ± {:.4f}", half.load, half.error));
  }
  for (const ExtrapolatedLoad& estimate : curve.scaling.estimates) {
    terminal.field(fmt::format("N^-{:.2f}", estimate.exponent),
                   fmt::format("{:.4f}, 95 % interval {:.4f} to {:.4f}; misfit {:.1f}", estimate.load, estimate.low, estimate.high,
                               estimate.misfit));
  }
  if (curve.critical_load) terminal.field("theory", fmt::format("{:.4f}", *curve.critical_load));
}

void print_rtl(Terminal& terminal, const Campaign& campaign) {
  std::uint64_t words = 0;
  std::uint64_t cycles = 0;
  for (const CellResult& result : campaign.cells) {
    words += result.words;
    cycles += result.cycles;
    if (!result.mismatch.empty()) {
      terminal.field("RTL", Cell(fmt::format("N = {}, M = {}: {}", result.cell.neurons, result.cell.patterns, result.mismatch), Tone::bad));
    }
  }
  if (words == 0) return;
  terminal.field("RTL", fmt::format("{} state words compared with the fixed-point model{}, {} clocks", grouped(words),
                                    campaign.bit_exact() ? ", all equal" : "", grouped(cycles)));
}

}  // namespace

void print_campaign(Terminal& terminal, const Design& design, const Campaign& campaign, const std::filesystem::path& folder) {
  terminal.line(fmt::format("{}: {} of {} each", design.name, counted(campaign.cells.size(), "cell"),
                            counted(static_cast<std::size_t>(design.capacity.trials), "trial")));
  terminal.field("design", design.file);
  terminal.field("design.id", design.id.substr(0, 16) + "…");
  if (campaign.found > 0) terminal.field("kept", fmt::format("{} from an earlier run", counted(campaign.found, "cell")));
  std::vector<basin::Cell> printed;
  for (const CellResult& result : campaign.cells) {
    if (std::ranges::any_of(printed, [&](const basin::Cell& cell) { return cell.same_settings(result.cell); })) continue;
    printed.push_back(result.cell);
    print_table(terminal, campaign, result.cell);
  }
  for (const CurveScaling& curve : campaign.scalings) print_scaling(terminal, curve);
  terminal.line();
  int unsettled = 0;
  for (const CellResult& result : campaign.cells) unsettled += result.unsettled;
  if (unsettled > 0) terminal.field("unsettled", Cell(counted(static_cast<std::size_t>(unsettled), "recall"), Tone::warn));
  print_rtl(terminal, campaign);
  terminal.field("results", folder.string() + "/results.json, results.h5 and capacity.svg");
}

}  // namespace basin::cli
