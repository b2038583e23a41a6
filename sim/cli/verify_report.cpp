#include "sim/cli/verify_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/cli/learning_report.hpp"
#include "sim/cli/recall_report.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/solution_report.hpp"
#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

constexpr std::size_t most_cues_named = 8;

Cell judged(bool good) { return good ? Cell("ok", Tone::good) : Cell("FAIL", Tone::bad); }

std::vector<RecallView> recall_views(const Verification& found) {
  std::vector<RecallView> views;
  for (const Recall& recall : found.recalls) {
    views.push_back({recall.cue, recall.target, recall.attractor, recall.status, recall.signs});
  }
  return views;
}

std::vector<SequenceView> sequence_views(const Verification& found) {
  std::vector<SequenceView> views;
  for (const Recall& recall : found.recalls) views.push_back({recall.cue, recall.sequence, recall.period});
  return views;
}

std::vector<MemoryView> memory_views(const Verification& found) {
  std::vector<MemoryView> views;
  for (const MemoryReport& memory : found.memories) views.push_back({memory.name, memory.stored, memory.margin});
  return views;
}

void print_checks(Terminal& terminal, const Verification& found) {
  const FixedNetwork& network = found.prepared.quantised.network;
  terminal.heading("What was checked");
  terminal.paragraph(fmt::format(
      "The circuit was integrated in continuous time from {}, and the same network was run in integers: {}-bit "
      "weights, "
      "{}-bit states, {}-bit outputs, steps of {} time constant, order {}. Every step of every engine was compared bit "
      "by bit, and every recall with the circuit that has the rounded weights (the realised circuit).",
      counted(found.recalls.size(), "cue"), network.core.weight_bits, network.core.state_bits, network.core.drive_bits,
      step_text(network.step_exponent), network.order));
}

std::string bits_text(const EngineReport& engine) {
  if (engine.name == "golden") return "reference";
  if (const auto& miss = engine.mismatch) {
    return fmt::format("cue {} step {} neuron {}: {} for {}", miss->cue, miss->step, miss->neuron, miss->got,
                       miss->expected);
  }
  return engine.bit_exact ? "all equal" : "not compared";
}

void print_engines(Terminal& terminal, const Verification& found) {
  Table table{{{"engine", Align::left}, {"cues"}, {"steps"}, {"clock cycles"}, {"bits", Align::left}}, {}};
  for (const EngineReport& engine : found.engines) {
    const Tone tone = !engine.bit_exact ? Tone::bad : engine.name == "golden" ? Tone::dim : Tone::good;
    table.rows.push_back({engine.name, fmt::to_string(engine.cues.size()), grouped(engine.steps),
                          engine.cycles > 0 ? grouped(engine.cycles) : "-", Cell(bits_text(engine), tone)});
  }
  terminal.heading("Engines, every state bit of every step against the golden model");
  terminal.table(table);
  for (const EngineReport& engine : found.engines) {
    if (engine.overflow) terminal.paragraph(engine.name + ": a state overflowed", 2, Tone::bad);
    if (!engine.identity_problem.empty())
      terminal.paragraph(engine.name + ": " + engine.identity_problem, 2, Tone::bad);
  }
  const bool refused = found.prepared.quantised.network.step_exponent > finest_rtl_step;
  const char* remedy = refused ? "" : " (--engines names it to run it)";
  for (const LeftOut& out : found.left_out) {
    terminal.paragraph(fmt::format("{} left out: {}{}", out.engine, out.reason, remedy), 2, Tone::dim);
  }
}

std::vector<Cell> count_row(const char* what, int count, int all, double limit) {
  const double share = all > 0 ? static_cast<double>(count) / all : 0.0;
  return {what, fmt::to_string(count), percent(share), "at most " + percent(limit), judged(share <= limit)};
}

void print_agreement(Terminal& terminal, const Design& design, const Verification& found) {
  const CueCounts& cues = found.cues;
  const auto differing = std::count_if(found.recalls.begin(), found.recalls.end(), [](const Recall& recall) {
    return !recall.borderline && !recall.same_attractor;
  });
  const bool cycles = std::any_of(found.recalls.begin(), found.recalls.end(), [](const Recall& recall) { return recall.period; });
  const auto share = [&cues](int count) {
    return percent(cues.count > 0 ? static_cast<double>(count) / cues.count : 0);
  };
  Table table{{{"", Align::left}, {"cues"}, {"share"}, {"limit", Align::left}, {"", Align::left}}, {}};
  const bool chaos = std::any_of(found.recalls.begin(), found.recalls.end(), [](const Recall& recall) { return recall.chaos.has_value(); });
  table.rows.push_back({chaos ? "same attractor, cycle or chaos" : cycles ? "end in the same attractor or cycle" : "end in the same attractor", fmt::to_string(cues.same_attractor), share(cues.same_attractor),
                        "all but borderline", judged(differing == 0)});
  table.rows.push_back(
      count_row("borderline: a nudge changes the end", cues.borderline, cues.count, design.verify.max_borderline));
  table.rows.push_back(count_row("moved by rounding the weights", cues.moved_by_weights, cues.count,
                                 design.verify.max_moved_by_weights));
  table.rows.push_back({"unsettled", fmt::to_string(cues.unsettled), share(cues.unsettled), "", ""});
  if (!found.memories.empty()) {
    const bool targeted = has_targets(recall_views(found));
    table.rows.push_back({design.memory.rule == Rule::sequence ? "recalled the whole sequence" : targeted ? "recalled their memory" : "ended in a memory", fmt::to_string(cues.recalled),
                          share(cues.recalled), Cell("shown, not judged", Tone::dim), ""});
  }
  terminal.heading("Agreement of the hardware with the realised circuit");
  terminal.table(table);
}

void list_cues(Terminal& terminal, const Verification& found, const char* title, bool Recall::*chosen) {
  std::vector<const Recall*> listed;
  for (const Recall& recall : found.recalls) {
    if (recall.*chosen) listed.push_back(&recall);
  }
  if (listed.empty()) return;
  std::string text;
  for (std::size_t i = 0; i < std::min(listed.size(), most_cues_named); ++i) {
    const Recall& recall = *listed[i];
    text += fmt::format("{}{}{} ({} → {})", text.empty() ? "" : ", ", "cue ", recall.cue,
                        recall.target.empty() ? "-" : recall.target, recall.attractor);
  }
  if (listed.size() > most_cues_named) text += fmt::format(" and {} more in results.json", listed.size() - most_cues_named);
  terminal.field(title, text);
}

std::vector<Cell> statistic_row(const std::string& name, const InvariantStatistic& statistic, bool agrees, const char* sign) {
  return {name, fmt::format("{:.4f}", statistic.circuit), fmt::format("{:.4f}", statistic.hardware),
          fmt::format("{}{:.4f}", sign, statistic.allowed), judged(agrees)};
}

/// Of the first few chaotic cues: how long the hardware keeps to the circuit, and whether V is distributed alike.
void print_chaos(Terminal& terminal, const Design& design, const Verification& found) {
  constexpr std::size_t most_shown = 2;
  constexpr std::size_t most_neurons = 8;
  std::size_t shown = 0;
  const std::string unit = time_unit(design);
  for (const Recall& recall : found.recalls) {
    if (!recall.chaos || shown++ >= most_shown) continue;
    const ChaosComparison& chaos = *recall.chaos;
    terminal.heading(fmt::format("Chaos: V of cue {} in the long run", recall.cue));
    Table table{{{"", Align::left}, {"circuit"}, {"hardware"}, {"allowed"}, {"", Align::left}}, {}};
    for (std::size_t i = 0; i < std::min(chaos.neurons.size(), most_neurons); ++i) {
      const NeuronStatistics& neuron = chaos.neurons[i];
      table.rows.push_back(statistic_row(fmt::format("mean of neuron {}", i), neuron.mean, neuron.mean.agrees(), "± "));
      table.rows.push_back(statistic_row("  variance", neuron.variance, neuron.variance.agrees(), "± "));
      table.rows.push_back(statistic_row("  distance of histograms", neuron.histogram,
                                         neuron.histogram.hardware <= neuron.histogram.allowed, "at most "));
    }
    terminal.table(table);
    terminal.field("Lyapunov", fmt::format("λ1 = {:.4f} ± {:.4f} per {} (95 %)", chaos.exponent.largest,
                                           1.96 * chaos.exponent.standard_error, unit));
    terminal.field("shadowing", fmt::format("the states part (0.05 B) after {}; the first error grows to that in {}",
                                            quantity(chaos.shadowing_time, unit), quantity(chaos.expected_shadowing, unit)));
  }
}

void print_deviation(Terminal& terminal, const Design& design, const Verification& found) {
  const Deviation& deviation = found.deviation;
  Table table{{{"", Align::left}, {"deviation"}, {"limit"}, {"", Align::left}}, {}};
  table.rows.push_back({"normalised by the circuit's amplification", short_number(deviation.normalised),
                        short_number(deviation.limit), judged(deviation.normalised <= deviation.limit)});
  table.rows.push_back({"largest of any cue", short_number(deviation.max), "", ""});
  table.rows.push_back({"95 % of the cues are below", short_number(deviation.p95), "", ""});
  table.rows.push_back({"root mean square", short_number(deviation.rms), "", ""});
  table.rows.push_back({"largest against the designed circuit", short_number(deviation.total),
                        deviation.total_limit ? short_number(*deviation.total_limit) : "",
                        deviation.total_limit ? judged(deviation.total <= *deviation.total_limit) : Cell("")});
  terminal.heading(
      fmt::format("Deviation of the states, in fractions of B = {}", quantity(found.bound, state_unit(design))));
  terminal.table(table);
  const Blame& blame = deviation.blame;
  terminal.field("largest at",
                 fmt::format("cue {}, neuron {}, step {}", deviation.at.cue, deviation.at.neuron, deviation.at.step));
  terminal.field("to blame", fmt::format("{}; each made exact takes away: step {}, weights {}, table {}, state {}",
                                         blame.largest(), short_number(blame.step), short_number(blame.weights),
                                         short_number(blame.table), short_number(blame.state)));
}

void print_formats(Terminal& terminal, const Verification& found) {
  const Quantised& quantised = found.prepared.quantised;
  terminal.heading("Formats");
  for (const std::string& reason : quantised.reasons) terminal.paragraph(reason);
  if (!quantised.stability_note.empty()) terminal.paragraph(quantised.stability_note);
  if (quantised.stability_limit > 0) {
    terminal.paragraph(fmt::format("step {} time constant; the largest stable one is {}",
                                   step_text(quantised.network.step_exponent),
                                   short_number(quantised.stability_limit)));
  }
}

void print_verdict(Terminal& terminal, const Verification& found, const std::filesystem::path& folder) {
  terminal.heading("Verdict");
  switch (found.verdict) {
    case Verdict::pass:
      terminal.paragraph("PASS: circuit, fixed-point model and hardware recall the same within the limits", 2,
                         Tone::good);
      break;
    case Verdict::fail:
      terminal.paragraph("FAIL", 2, Tone::bad);
      break;
    case Verdict::unknown:
      terminal.paragraph("UNKNOWN", 2, Tone::warn);
      break;
  }
  for (const std::string& reason : found.reasons) terminal.paragraph(reason, 4);
  print_results_folder(terminal, folder);
  terminal.field("report", (folder / "report.html").string());
}

}  // namespace

void print_verification(Terminal& terminal, const Design& design, const Verification& found,
                        const std::filesystem::path& folder, const Json& learning) {
  const std::vector<RecallView> recalls = recall_views(found);
  print_subject(terminal, design, recalls.size(), found.prepared.circuit.hidden);
  print_learning(terminal, learning);
  terminal.field("hardware.id", hex_id(found.hardware_id));
  terminal.field("network.id", hex_id(found.network_id));
  print_checks(terminal, found);
  print_memories(terminal, memory_views(found), recalls);
  print_pictures(terminal, design, recalls);
  print_sequences(terminal, design, sequence_views(found));
  print_solution(terminal, design, found.reference_solution, found.solution);
  print_engines(terminal, found);
  print_agreement(terminal, design, found);
  list_cues(terminal, found, "borderline", &Recall::borderline);
  list_cues(terminal, found, "moved", &Recall::moved_by_weights);
  print_chaos(terminal, design, found);
  print_deviation(terminal, design, found);
  print_formats(terminal, found);
  print_verdict(terminal, found, folder);
}

}  // namespace basin::cli
