#include "sim/cli/certify_a_priori.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

constexpr std::size_t most_sets = 24;

std::string state_text(const HardwareSpec& hardware) {
  return fmt::format("s{}.{}", hardware.state_bits.value_or(0), hardware.state_fraction.value_or(0));
}

Json formats_of(const HardwareSpec& hardware, const FormatChoice& choice) {
  return {{"bound", number(choice.bounds.largest())},
          {"step", step_text(hardware.step_exponent)},
          {"state", state_text(hardware)},
          {"table", hardware.table_segments.value_or(0)},
          {"output", hardware.drive_bits.value_or(0)},
          {"weight", choice.quantised.network.core.weight_bits}};
}

/// How wide the box is at its narrowest and its widest neuron.
std::string width_text(const Box& states, const std::string& unit) {
  const auto [least, most] = std::ranges::minmax_element(states, {}, &Interval::width);
  const std::string narrowest = quantity(least->width(), unit), widest = quantity(most->width(), unit);
  return narrowest == widest ? widest : narrowest + " to " + widest;
}

void print_bounds(Terminal& terminal, const Design& design, const Apriori& found) {
  const std::string unit = state_unit(design);
  const std::size_t shown = std::min(found.bounds.sets.size(), most_sets);
  terminal.heading("Before any run of " + design.name);
  if (shown > 0) {
    Table table{{{"runs that end in", Align::left}, {"width of box"}, {"|u_hw - u| up to"}, {"of B"}}, {}};
    for (std::size_t k = 0; k < shown; ++k) {
      const BoundedSet& set = found.bounds.sets[k];
      const std::optional<double> error = set.error();
      table.rows.push_back({set.name, width_text(set.states, unit), error ? quantity(up_to_three_digits(*error), unit) : "-",
                            error ? fmt::format("{:.2e}", up_to_three_digits(*error / found.bounds.scale)) : "no bound"});
    }
    terminal.table(table);
    if (shown < found.bounds.sets.size()) {
      terminal.paragraph(fmt::format("and {} more, in results.json", found.bounds.sets.size() - shown));
    }
    terminal.line();
  }
  if (shown > 0) {
    terminal.paragraph("Proved of every run that starts within the box of such a row, whose states are in results.json, at a state "
                       "that circuit and core have in common: at every step the core is so close to the circuit that it holds.");
  }
  if (!found.bounds.without.empty()) {
    terminal.paragraph(fmt::format("{} of {} memories have no such box: errors need not fade around them.",
                                   found.bounds.without.size(), found.bounds.without.size() + found.bounds.sets.size()));
  }
}

void print_choice(Terminal& terminal, const Apriori& found) {
  const FormatChoice& choice = found.choice;
  if (!choice.hardware) {
    terminal.paragraph(fmt::format("No step and formats keep within {:g} of B: {}.", found.epsilon, choice.why_not));
    return;
  }
  terminal.heading(fmt::format("The largest step and smallest formats within {:g} of B", found.epsilon));
  terminal.line("  [hardware]");
  terminal.line(fmt::format("  step = \"{}\"", step_text(choice.hardware->step_exponent)));
  terminal.line(fmt::format("  state = \"{}\"", state_text(*choice.hardware)));
  terminal.line(fmt::format("  activation_table = {}", *choice.hardware->table_segments));
  terminal.line(fmt::format("  output = {}", *choice.hardware->drive_bits));
  terminal.line();
  std::string coarser;
  if (choice.coarser) coarser = fmt::format(" The next larger step comes to {:.2e} at best.", *choice.coarser);
  terminal.paragraph(fmt::format("These keep within {} of B; one bit or half the segments fewer, alone, do not.{} Weights keep "
                                 "their {} bits: these make the circuit that the core is held against.",
                                 fmt::format("{:.2e}", up_to_three_digits(choice.bounds.largest().value_or(INFINITY))), coarser,
                                 choice.quantised.network.core.weight_bits));
}

}  // namespace

void add_a_priori(Json& document, const Apriori& found) {
  const FixedNetwork& network = found.quantised.network;
  Json sets = Json::array();
  for (const BoundedSet& set : found.bounds.sets) {
    Json states = Json::array();
    for (const Interval& u : set.states) states.push_back({u.lower(), u.upper()});
    sets.push_back({{"name", set.name}, {"error", number(set.error())}, {"states", states}});
  }
  Json own{{"epsilon", found.epsilon},
           {"bound", number(found.bounds.largest())},
           {"step", step_text(network.step_exponent)},
           {"order", network.order},
           {"state", network.core.state_bits},
           {"lsb", network.lsb_state},
           {"table", network.core.table_segments},
           {"output", network.core.drive_bits},
           {"weight", network.core.weight_bits},
           {"sets", sets},
           {"without", found.bounds.without}};
  const FormatChoice& choice = found.choice;
  own["chosen"] = choice.hardware ? formats_of(*choice.hardware, choice) : Json(nullptr);
  own["coarser_step"] = number(choice.coarser);
  if (!choice.hardware) own["reason"] = choice.why_not;
  document["a_priori"] = own;
}

void print_a_priori(Terminal& terminal, const Design& design, const Apriori& found, const std::filesystem::path& folder) {
  print_bounds(terminal, design, found);
  const FixedNetwork& network = found.quantised.network;
  const std::optional<double> bound = found.bounds.largest();
  terminal.paragraph(fmt::format("The design's own formats {}, B = {}: order {}, step {}, states of {} bits, {} segments, "
                                 "outputs of {} bits.",
                                 bound ? fmt::format("keep within {:.2e} of B", up_to_three_digits(*bound)) : "have no bound",
                                 quantity(found.bounds.scale, state_unit(design)), network.order,
                                 step_text(network.step_exponent), network.core.state_bits, network.core.table_segments,
                                 network.core.drive_bits));
  print_choice(terminal, found);
  terminal.line();
  terminal.field("to", (folder / "bounds.json").string());
  const bool is_claimed = std::ranges::any_of(found.bounds.sets, [](const BoundedSet& set) { return set.error().has_value(); });
  if (is_claimed || found.choice.hardware) terminal.field("check", "scripts/check_bounds " + (folder / "bounds.json").string());
}

}  // namespace basin::cli
