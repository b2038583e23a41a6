#include "sim/cli/atlas_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/atlas/summary.hpp"
#include "sim/cli/atlas_results.hpp"
#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

constexpr std::size_t most_rows = 12;

std::string interval(const Share& share) { return fmt::format("{:.1f} to {:.1f}", 100.0 * share.low, 100.0 * share.high); }

void add(std::vector<Cell>& row, const Both& both) {
  for (const Share* share : {&both.reference, &both.hardware}) {
    row.emplace_back(percent(share->value));
    row.emplace_back(interval(*share), Tone::dim);
  }
}

Table table_of(Column first) { return {{std::move(first), {"circuit"}, {"95 %"}, {"hardware"}, {"95 %"}}, {}}; }

void print_points(Terminal& terminal, const Design& design, const Atlas& atlas) {
  const std::string unit = state_unit(design);
  const auto starts = [](const std::vector<RecallPoint>& points) { return grouped(points.front().set.count); };
  if (!atlas.distances.empty()) {
    const std::string amplitude =
        atlas.signs_alone ? "held" : "u(0) of " + quantity(atlas.distances.front().set.amplitude, unit);
    terminal.heading(fmt::format("Memories recalled, by signs turned ({} starts each, {})", starts(atlas.distances), amplitude));
    Table table = table_of({"turned"});
    for (const RecallPoint& point : atlas.distances) add(table.rows.emplace_back(1, fmt::to_string(point.set.flips)), point.all);
    terminal.table(table);
  }
  if (!atlas.amplitudes.empty()) {
    terminal.heading(fmt::format("Memories recalled, by amplitude ({} starts each, {} signs turned)", starts(atlas.amplitudes),
                                 atlas.amplitudes.front().set.flips));
    Table table = table_of({"u(0)"});
    for (const RecallPoint& point : atlas.amplitudes) {
      add(table.rows.emplace_back(1, quantity(point.set.amplitude, unit)), point.all);
    }
    terminal.table(table);
  }
}

std::string half_text(const std::vector<RecallPoint>& distances, std::size_t m, bool hardware) {
  const auto half = half_distance(distances, m, hardware);
  return half ? fmt::format("{:.1f}", *half) : fmt::format("over {}", distances.back().set.flips);
}

void print_memories(Terminal& terminal, const Design& design, const Atlas& atlas) {
  if (atlas.distances.empty()) return;
  terminal.heading("Signs turned at which half of a memory's starts come back");
  Table table{{{"memory", Align::left}, {"circuit"}, {"hardware"}}, {}};
  const std::vector<std::string>& names = design.memory.names;
  for (std::size_t m = 0; m < std::min(names.size(), most_rows); ++m) {
    table.rows.push_back({names[m], half_text(atlas.distances, m, false), half_text(atlas.distances, m, true)});
  }
  terminal.table(table);
  terminal.and_more(names.size(), most_rows);
}

void print_volumes(Terminal& terminal, const Design& design, const Atlas& atlas) {
  for (const Volumes& volumes : atlas.volumes) {
    const std::string size = quantity(volumes.set.amplitude, state_unit(design));
    const bool box = volumes.set.kind == StartKind::box;
    terminal.heading(fmt::format("Basin volumes, {} starts: {}", grouped(volumes.set.count),
                                 box                 ? "u(0) anywhere within ±B = ±" + size
                                 : atlas.signs_alone ? "random signs, held"
                                                     : "random signs of u(0) = ±" + size));
    Table table = table_of({"end", Align::left});
    for (std::size_t k = 0; k < volumes.classes.size(); ++k) {
      const Both& both = volumes.classes[k];
      if (both.reference.value + both.hardware.value == 0.0) continue;
      add(table.rows.emplace_back(1, Cell(to_string(static_cast<EndClass>(k)), Tone::strong)), both);
    }
    for (std::size_t k = 0; k < std::min(volumes.attractors.size(), most_rows); ++k) {
      add(table.rows.emplace_back(1, "  " + atlas.name(volumes.attractors[k].attractor)), volumes.attractors[k].share);
    }
    terminal.table(table);
    terminal.and_more(volumes.attractors.size(), most_rows);
  }
}

/// What the census counts as one kind.
std::string census_line(const Atlas& atlas, bool stable) {
  std::vector<std::string> parts;
  std::size_t all = 0;
  for (std::size_t k = 0; k + 1 < end_classes; ++k) {
    const auto kind = static_cast<EndClass>(k);
    const auto count = static_cast<std::size_t>(std::ranges::count_if(atlas.attractors, [&](const AtlasAttractor& attractor) {
      return attractor.kind == kind && kind != EndClass::cycle && attractor.state.stable == stable;
    }));
    all += count;
    if (count > 0 && stable) parts.push_back(fmt::format("{} {}", count, to_string(kind)));
  }
  return grouped(all) + (parts.empty() ? "" : fmt::format(": {}", fmt::join(parts, ", ")));
}

void print_census(Terminal& terminal, const Design& design, const Atlas& atlas) {
  terminal.heading("Equilibria and cycles found");
  terminal.field("stable", census_line(atlas, true));
  terminal.field("unstable", census_line(atlas, false));
  std::vector<const AtlasAttractor*> order;
  for (const AtlasAttractor& attractor : atlas.attractors) order.push_back(&attractor);
  const auto cycles = std::ranges::count_if(order, [](const AtlasAttractor* a) { return a->state.is_cycle(); });
  terminal.field("limit cycles", fmt::to_string(cycles));
  std::ranges::stable_sort(order, [](const AtlasAttractor* a, const AtlasAttractor* b) {
    return a->reference + a->hardware > b->reference + b->hardware;
  });
  const std::string energy = design.circuit.units == Units::physical ? "W" : "";
  const double least = 1e-12 * energy_scale(atlas.prepared.realised);   // what is less is rounding
  Table table{{{"name", Align::left}, {"energy"}, {"period"}, {"circuit"}, {"hardware"}, {"Newton"}}, {}};
  for (std::size_t k = 0; k < std::min(order.size(), most_rows); ++k) {
    const AtlasAttractor& attractor = *order[k];
    const bool cycle = attractor.state.is_cycle();
    table.rows.push_back({attractor.name + (attractor.state.stable ? "" : " (unstable)"), cycle ? "-" : quantity(std::abs(attractor.energy) < least ? 0.0 : attractor.energy, energy, 6),
                          cycle ? quantity(*attractor.state.period, time_unit(design)) : "-", grouped(attractor.reference),
                          grouped(attractor.hardware), grouped(attractor.newton)});
  }
  terminal.table(table);
  terminal.and_more(order.size(), most_rows);
}

void print_disagreements(Terminal& terminal, const Design& design, const Atlas& atlas) {
  terminal.heading("Where hardware and circuit end differently");
  const std::size_t count = atlas.disagreements.size();
  const auto rate = [](const Share& share) {
    return fmt::format("{:.2f} %, 95 % interval {:.2f} to {:.2f}", 100.0 * share.value, 100.0 * share.low, 100.0 * share.high);
  };
  terminal.field("differ", fmt::format("{} of {} starts: {}", grouped(count), grouped(atlas.starts), rate(atlas.differing)));
  for (const auto& [who, share] : {std::pair{"circuit", atlas.unsettled.reference}, std::pair{"hardware", atlas.unsettled.hardware}}) {
    if (share.value > 0.0) terminal.field("unsettled", Cell(fmt::format("{}: {}", who, rate(share)), Tone::warn));
  }
  std::vector<const Disagreement*> order;
  for (const Disagreement& one : atlas.disagreements) order.push_back(&one);
  std::ranges::stable_sort(order, [](const Disagreement* a, const Disagreement* b) {
    return (a->distance ? a->distance->largest : -1.0) > (b->distance ? b->distance->largest : -1.0);
  });
  if (order.empty()) return;
  Table table{{{"start", Align::left}, {"turned"}, {"u(0)"}, {"circuit", Align::left}, {"hardware", Align::left}, {"to boundary"}, {"of B"}}, {}};
  for (std::size_t k = 0; k < std::min(order.size(), most_rows); ++k) {
    const Disagreement& one = *order[k];
    const std::string from = one.memory >= 0 ? design.memory.names[static_cast<std::size_t>(one.memory)] : to_string(one.set.kind);
    table.rows.push_back({fmt::format("{} #{}", from, one.number), one.memory >= 0 ? fmt::to_string(one.set.flips) : "-",
                          quantity(one.set.amplitude, state_unit(design)), atlas.name(one.reference), atlas.name(one.hardware),
                          one.distance ? quantity(one.distance->euclidean, state_unit(design)) : "-",
                          one.distance ? short_number(one.distance->largest / atlas.bound) : "-"});
  }
  terminal.table(table);
  terminal.and_more(order.size(), most_rows);
}

void print_engines(Terminal& terminal, const Atlas& atlas) {
  for (const EngineReport& engine : atlas.engines) {
    if (engine.name == "golden") continue;
    std::string text = fmt::format("{}, {} steps", counted(engine.cues.size(), "recall"), grouped(engine.steps));
    if (engine.mismatch) {
      text += fmt::format("; recall {}, step {}, neuron {}: {} is {}, expected {}", engine.mismatch->cue, engine.mismatch->step,
                          engine.mismatch->neuron, engine.mismatch->what, engine.mismatch->got, engine.mismatch->expected);
    } else {
      text += engine.identity_problem.empty() ? ", every bit that of the fixed-point model" : "; " + engine.identity_problem;
    }
    terminal.field(engine.name, Cell(text, engine.bit_exact ? Tone::good : Tone::bad));
  }
  if (atlas.overflow) terminal.field("overflow", Cell("a state did not fit its word", Tone::bad));
}

}  // namespace

void print_atlas(Terminal& terminal, const Design& design, const Atlas& atlas, const std::filesystem::path& folder) {
  terminal.line(fmt::format("{}: basins of the realised circuit and of its hardware", design.name));
  terminal.field("design", design.file);
  terminal.field("design.id", design.id.substr(0, 16) + "…");
  if (atlas.found > 0) terminal.field("kept", fmt::format("{} of {} from an earlier run", atlas.found, counted(atlas.blocks, "block")));
  print_points(terminal, design, atlas);
  print_memories(terminal, design, atlas);
  print_volumes(terminal, design, atlas);
  print_census(terminal, design, atlas);
  print_disagreements(terminal, design, atlas);
  terminal.line();
  for (const Slice& slice : atlas.slices) {
    terminal.field("slice", fmt::format("{}: {} of {} cells differ; {}", slice.plane.title(design.memory), grouped(slice.differing),
                                        grouped(slice.cells), slice_file(design, slice)));
  }
  print_engines(terminal, atlas);
  terminal.field("results", folder.string() + "/results.json, results.h5 and atlas.svg");
}

}  // namespace basin::cli
