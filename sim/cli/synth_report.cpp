#include "sim/cli/synth_report.hpp"

#include <fmt/format.h>

#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

std::string megahertz(double value) { return fmt::format("{:.1f} MHz", value); }

/// Hundredths are as fine as nextpnr's model of the part is good for.
double hundredths(double value) { return std::stod(fmt::format("{:.2f}", value)); }

void print_area(Terminal& terminal, const Synthesis& found) {
  Table table{{{"resource", Align::left}, {"used"}, {"available"}, {"share"}}, {}};
  for (const Usage& usage : found.usage) {
    if (usage.used == 0) continue;
    table.rows.push_back({usage.resource, grouped(static_cast<std::uint64_t>(usage.used)),
                          grouped(static_cast<std::uint64_t>(usage.available)),
                          percent(static_cast<double>(usage.used) / usage.available)});
  }
  terminal.heading("Area on " + found.target);
  terminal.table(table);
  terminal.paragraph(fmt::format("{} look-up tables, {} flip-flops, {} carry cells before packing",
                                 grouped(static_cast<std::uint64_t>(found.cells.luts)),
                                 grouped(static_cast<std::uint64_t>(found.cells.flip_flops)),
                                 grouped(static_cast<std::uint64_t>(found.cells.carries))));
}

void print_clock(Terminal& terminal, const Synthesis& found) {
  Table table{{{"place and route seed", Align::left}, {"largest clock"}}, {}};
  for (const Placement& seed : found.seeds) {
    table.rows.push_back({fmt::to_string(seed.seed), Cell(megahertz(seed.fmax_mhz),
                                                          seed.seed == found.bitstream_seed ? Tone::strong : Tone::plain)});
  }
  terminal.heading("Clock, by nextpnr and icetime");
  terminal.table(table);
  terminal.field("median", megahertz(found.median_fmax_mhz()));
  terminal.field("worst", megahertz(found.worst_fmax_mhz()));
  terminal.field("icetime", fmt::format("{} for seed {}", megahertz(found.icetime_mhz), found.bitstream_seed));
}

void print_speed(Terminal& terminal, const Synthesis& found) {
  terminal.heading("Speed, counted in the Verilated core");
  terminal.field("a step", fmt::format("{} clock cycles for {} neurons on {}", grouped(found.recall.cycles_per_step),
                                       found.neurons, counted(static_cast<std::size_t>(found.lanes), "lane")));
  terminal.field("a recall", fmt::format("{} clock cycles, {} at the median clock (median of {})",
                                         grouped(found.recall.median_cycles), quantity(found.recall_us() * 1e-6, "s"),
                                         counted(static_cast<std::size_t>(found.recall.recalls), "cue")));
}

void print_bitstream(Terminal& terminal, const Synthesis& found, const std::filesystem::path& folder) {
  terminal.heading("Bitstream");
  const std::string bitstream = fmt::format("{}, of seed {}", (folder / found.bitstream).string(), found.bitstream_seed);
  if (found.boot == Boot::contents) {
    terminal.paragraph(fmt::format("{}. This network is in it: it recalls from the moment of configuration. Any other of these "
                                   "formats and at most {} neurons can be loaded over it.",
                                   bitstream, found.neurons));
    return;
  }
  terminal.paragraph(fmt::format("{}. Its weights, biases, table and states are loaded at run time: any network of these "
                                 "formats and at most {} neurons runs on it.",
                                 bitstream, found.neurons));
  terminal.paragraph(fmt::format("{}, this network for the board's flash: it is loaded from there at power-up.",
                                 (folder / found.boot_image).string()));
}

}  // namespace

Json synthesis_of(const Synthesis& found) {
  Json clocks = Json::array();
  for (const Placement& seed : found.seeds) clocks.push_back(hundredths(seed.fmax_mhz));
  Json usage = Json::object();
  for (const Usage& one : found.usage) usage[one.resource] = Json{{"used", one.used}, {"available", one.available}};
  return Json{{"target", found.target},
              {"luts", found.cells.luts},
              {"ffs", found.cells.flip_flops},
              {"brams", found.cells.block_rams},
              {"dsps", found.cells.dsps},
              {"fmax_mhz",
               {{"median", hundredths(found.median_fmax_mhz())},
                {"worst", hundredths(found.worst_fmax_mhz())},
                {"seeds", found.seeds.size()},
                {"each", std::move(clocks)}}},
              {"icetime_mhz", hundredths(found.icetime_mhz)},
              {"cycles_per_step", found.recall.cycles_per_step},
              {"recall_us", number(hundredths(found.recall_us()))},
              {"bitstream", found.bitstream.generic_string()},
              {"boot", boot_name(found.boot)},
              {"boot_image", found.boot_image.empty() ? Json() : Json(found.boot_image.generic_string())},
              {"bitstream_seed", found.bitstream_seed},
              {"utilisation", std::move(usage)}};
}

void print_synthesis(Terminal& terminal, const Design& design, const Synthesis& found, const std::filesystem::path& folder) {
  terminal.heading(design.name + " on " + found.target);
  terminal.field("hardware.id", hex_id(found.hardware_id));
  terminal.field("network.id", hex_id(found.network_id));
  print_area(terminal, found);
  print_clock(terminal, found);
  print_speed(terminal, found);
  print_bitstream(terminal, found, folder);
}

}  // namespace basin::cli
