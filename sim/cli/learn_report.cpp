#include "sim/cli/learn_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/cli/learning_report.hpp"
#include "sim/cli/recall_report.hpp"
#include "sim/cli/words.hpp"
#include "sim/reference/attractors.hpp"

namespace basin::cli {
namespace {

constexpr std::size_t most_learned = 24;
constexpr std::size_t most_terms = 16;

Cell judged(bool good) { return good ? Cell("yes", Tone::good) : Cell("NO", Tone::bad); }

void print_rows(Terminal& terminal, const Design& design, const StorageReport& report) {
  std::vector<const StorageOfMemory*> order;
  for (const StorageOfMemory& memory : report.memories) order.push_back(&memory);
  const bool too_many = order.size() > most_learned;
  if (too_many) {
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->margin < b->margin; });
    order.resize(most_learned);
  }
  Table table{{{"memory", Align::left}, {"margin"}, {"stored", Align::left}, {"in integers", Align::left}, {"proved from |V|"}}, {}};
  for (const StorageOfMemory* memory : order) {
    table.rows.push_back({memory->name, quantity(memory->margin, state_unit(design)), judged(memory->stored),
                          judged(memory->stored_in_integers),
                          memory->certified_from ? Cell(fmt::format("{:.4g}", *memory->certified_from)) : Cell("-", Tone::dim)});
  }
  terminal.heading(too_many ? fmt::format("The {} memories of least margin", most_learned) : "Memories");
  terminal.table(table);
  const bool proved = std::any_of(order.begin(), order.end(), [](const auto* memory) { return memory->certified_from.has_value(); });
  if (!proved) return;
  if (design.memory.rule == Rule::sequence) {
    terminal.paragraph("Proved: while the slow units are off, whatever starts with ξ_i V_i at or above that |V| in every neuron ends in "
                       "the memory.");
    return;
  }
  const bool hidden = report.prepared.circuit.hidden > 0;
  terminal.paragraph(fmt::format("Proved: whatever starts with ξ_i V_i at or above that |V| in every {}neuron{} ends in the memory.",
                                 hidden ? "visible " : "",
                                 hidden ? ", and each hidden unit where such outputs let it settle," : ""));
}

/// "+1 M_i(A)": the margins that the sum is made of.
std::string sum_of_margins(const Design& design, const Impossibility& proof) {
  std::string text;
  for (std::size_t k = 0; k < std::min(proof.multipliers.size(), most_terms); ++k) {
    const Impossibility::Multiplier& part = proof.multipliers[k];
    const std::string times = part.value == "1" ? "" : part.value + "·";
    text += fmt::format("{}{}κ_{}({})", text.empty() ? "" : " + ", times, part.neuron,
                        design.memory.names[static_cast<std::size_t>(part.memory)]);
  }
  if (proof.multipliers.size() > most_terms) text += fmt::format(" + {} more", proof.multipliers.size() - most_terms);
  return text;
}

}  // namespace

void print_impossibility(Terminal& terminal, const Design& design, const Impossibility& proof) {
  terminal.heading("Visible neurons alone can't: a proof");
  terminal.paragraph(fmt::format("Whatever {}weights of zero diagonal and whatever biases: {} = 0, where κ_i(ξ) = "
                                 "ξ_i(Σ_j T_ij ξ_j + b_i). Storing at outputs of ±1, the limit of high gain, needs "
                                 "every κ > 0.",
                                 proof.symmetric ? "symmetric " : "", sum_of_margins(design, proof)));
  std::map<Index, std::string> used;
  for (const Impossibility::Multiplier& part : proof.multipliers) {
    used[part.memory] = sign_text(design.memory.patterns.row(part.memory).transpose());
  }
  std::size_t shown = 0;
  for (const auto& [memory, signs] : used) {
    if (++shown > most_terms) break;
    terminal.field(design.memory.names[static_cast<std::size_t>(memory)], signs);
  }
}

void print_storage(Terminal& terminal, const Design& design, const StorageReport& report, const std::filesystem::path& folder,
                   const Json& learning) {
  const Learned& learned = report.prepared.learned;
  const Quantised& quantised = report.prepared.quantised;
  print_subject(terminal, design, report.prepared.cues.size(), learned.hidden.count());
  print_learning(terminal, learning);
  if (learned.impossibility) print_impossibility(terminal, design, *learned.impossibility);
  print_rows(terminal, design, report);
  terminal.heading("What it takes");
  if (design.memory.rule == Rule::sequence) {
    terminal.field("slow units", fmt::format("{} of {} τ", learned.hidden.count(), short_number(design.memory.tau_slow)), 18);
  }
  if (design.memory.rule == Rule::any) {
    const std::string least = learned.impossibility ? "outputs of ±1 need at least 1: the proof above" : "none is needed";
    terminal.field("hidden units", fmt::format("{}; {}", learned.hidden.count(), least), 18);
    terminal.field("L = λκ", fmt::format("{:.3g}, the least gain times the least margin", learned.steepness), 18);
    terminal.field("exact weights", fmt::format("{} bits", learned.weight_bits), 18);
  }
  terminal.field("step", step_text(quantised.network.step_exponent) + " time constant", 18);
  for (const std::string& reason : quantised.reasons) terminal.paragraph(reason);
  terminal.line();
  terminal.field("results", (folder / "results.json").string());
}

}  // namespace basin::cli
