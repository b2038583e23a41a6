#include "sim/cli/certify_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/cli/certify_results.hpp"
#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

constexpr std::size_t most_memories_listed = 24;

Cell standing_cell(Standing standing) {
  const Tone tone = standing == Standing::certified ? Tone::good : standing == Standing::impossible ? Tone::bad : Tone::warn;
  return {standing_text(standing), tone};
}

std::string method_text(Method method) { return method == Method::hessian ? "Hessian" : "log-norm"; }

std::vector<Cell> row_of(const std::string& name, const MemoryCertificate& memory, const std::string& unit) {
  const Cell none("-", Tone::dim);
  std::vector<Cell> row{name, none, none, none, none, none, none, standing_cell(memory.standing)};
  if (const auto& ball = memory.equilibrium) {
    row[1] = quantity(ball->inner, unit);
    row[2] = std::isfinite(ball->outer) ? quantity(ball->outer, unit) : std::string("everywhere");
  }
  if (memory.stability) row[3] = method_text(memory.stability->method);
  if (memory.basin) row[4] = fmt::format("{:.4g}", memory.basin->level);
  if (memory.well) row[5] = quantity(memory.well->start, unit);
  if (memory.hamming) row[6] = fmt::format("{}", memory.hamming->flips);
  return row;
}

/// Those not certified first, then in order.
std::vector<std::size_t> listed(const CertifiedMemories& certified) {
  std::vector<std::size_t> order(certified.memories.size());
  for (std::size_t m = 0; m < order.size(); ++m) order[m] = m;
  if (order.size() <= most_memories_listed) return order;
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return certified.memories[a].standing != Standing::certified && certified.memories[b].standing == Standing::certified;
  });
  order.resize(most_memories_listed);
  return order;
}

void explain_columns(Terminal& terminal, const Design& design, const CertifiedMemories& certified) {
  terminal.paragraph(fmt::format(
      "Proved of a certified memory: one equilibrium lies within the radius of the state in the certificate, no other as far "
      "around as the next column says; it has the memory's signs and is exponentially stable. Every start with s_i V_i at |V| "
      "or more at every neuron{} ends there, s being its signs, and every one as near to its states as the column after says.",
      certified.core.hidden > 0 ? ", hidden units too," : ""));
  const std::string amplitude = quantity(certified.amplitude, state_unit(design));
  const std::string from = std::isfinite(certified.amplitude) ? "with s_i u_i at " + amplitude + " or more, as the cues do"
                                                              : "at the levels of the certificate or above";
  terminal.paragraph("Flips: so many neurons, whichever they are, may start anywhere at all when the others start " + from +
                     "; it still ends there.");
}

void print_reasons(Terminal& terminal, const CertifiedMemories& certified) {
  std::map<std::string, std::vector<std::string>> reasons;
  for (std::size_t m = 0; m < certified.memories.size(); ++m) {
    const MemoryCertificate& memory = certified.memories[m];
    if (memory.standing == Standing::certified) continue;
    reasons[standing_text(memory.standing) + ": " + memory.reason].push_back(certified.names[m]);
  }
  if (reasons.empty()) return;
  terminal.heading("What is not certified");
  for (const auto& [reason, names] : reasons) {
    std::string text = names.front();
    constexpr std::size_t shown = 8;
    for (std::size_t k = 1; k < std::min(names.size(), shown); ++k) text += ", " + names[k];
    if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
    terminal.paragraph(text + ": " + reason);
  }
}

void print_single(Terminal& terminal, const Design& design, const SingleEquilibrium& single) {
  terminal.heading("One equilibrium alone");
  terminal.paragraph(fmt::format("Every trajectory of this circuit ends in one and the same equilibrium, within {} of the "
                                 "state in the certificate (by the {}): it stores one memory at most.",
                                 quantity(single.ball.inner, state_unit(design)), method_text(single.contraction.method)));
}

}  // namespace

void print_certified(Terminal& terminal, const Design& design, const CertifiedMemories& certified,
                     const std::filesystem::path& folder, bool has_chart) {
  const std::vector<std::size_t> order = listed(certified);
  const std::size_t all = certified.memories.size();
  const std::string some = order.size() == all ? "Memories" : fmt::format("{} of {} memories", order.size(), all);
  terminal.heading(some + " of " + design.name);
  Table table{{{"memory", Align::left}, {"radius"}, {"alone within"}, {"stable by", Align::left}, {"box |V|"}, {"near"},
               {"flips"}, {"", Align::left}}, {}};
  for (const std::size_t m : order) table.rows.push_back(row_of(certified.names[m], certified.memories[m], state_unit(design)));
  terminal.table(table);
  const auto is_certified = [](const MemoryCertificate& memory) { return memory.standing == Standing::certified; };
  if (std::ranges::any_of(certified.memories, is_certified)) {
    terminal.line();
    explain_columns(terminal, design, certified);
  }
  if (certified.single) print_single(terminal, design, *certified.single);
  print_reasons(terminal, certified);
  terminal.heading("Written");
  terminal.field("to", folder.string());
  terminal.field("", std::string("certificate.json, ") + (has_chart ? "certify.svg, " : "") + "results.json");
  terminal.field("check", "scripts/check_certificate " + (folder / "certificate.json").string());
}

}  // namespace basin::cli
