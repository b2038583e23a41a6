#include "sim/cli/simulate_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/cli/amplifier_results.hpp"
#include "sim/cli/learning_report.hpp"
#include "sim/cli/recall_report.hpp"
#include "sim/cli/simulate_results.hpp"
#include "sim/cli/solution_report.hpp"
#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

constexpr std::size_t most_equilibria = 16;

/// The slowest rate of decay as a time constant, in units of the design's time; "unstable" when there is none.
Cell slowest(const ReachedEquilibrium& equilibrium, const Design& design) {
  if (!equilibrium.stable.value_or(false) || equilibrium.eigenvalues.size() == 0) return Cell("-", Tone::warn);
  return quantity(-1.0 / equilibrium.eigenvalues[0].real(), time_unit(design));
}

void print_equilibria(Terminal& terminal, const Design& design, const Simulation& found) {
  if (found.equilibria.empty()) return;
  const std::string energy = design.circuit.units == Units::physical ? "W" : "";
  Table table{{{"end", Align::left}, {"cues"}, {"energy"}, {"stable", Align::left}, {"slowest decay"}}, {}};
  for (std::size_t i = 0; i < std::min(found.equilibria.size(), most_equilibria); ++i) {
    const ReachedEquilibrium& end = found.equilibria[i];
    table.rows.push_back({end.name, fmt::to_string(end.cues), quantity(end.energy, energy, 6),
                          answer(end.stable, Tone::warn), slowest(end, design)});
  }
  terminal.heading("Where the cues end");
  terminal.table(table);
  terminal.and_more(found.equilibria.size(), most_equilibria);
}

std::string states_text(const Vector& u, const std::string& unit) {
  std::string text;
  for (const double value : u) text += (text.empty() ? "" : ", ") + fmt::format("{:.10g}", value);
  return text + (unit.empty() ? "" : " " + unit);
}

/// The states themselves where there are few enough to read.
void print_states(Terminal& terminal, const Design& design, const Simulation& found) {
  constexpr int most_neurons = 4;
  if (design.neurons > most_neurons || found.equilibria.empty()) return;
  terminal.heading("States and outputs");
  for (std::size_t i = 0; i < std::min(found.equilibria.size(), most_equilibria); ++i) {
    const ReachedEquilibrium& end = found.equilibria[i];
    terminal.field("u of " + end.name, states_text(end.u, state_unit(design)), 18);
    terminal.field("V of " + end.name, states_text(end.v.size() > 0 ? end.v : outputs(found.designed.circuit, end.u), ""), 18);
  }
}

void print_noise(Terminal& terminal, const Design& design, const SimulatedNoise& noise) {
  const std::string temperature = short_number(*design.noise.temperature);
  terminal.field("noise", fmt::format("{}, steps of {}, seed {};",
                                      design.circuit.units == Units::physical ? temperature + " K" : "k_B T = " + temperature,
                                      quantity(noise.step, time_unit(design)), design.noise.seed));
  terminal.field("", quantity(noise.rms, state_unit(design)) + " rms in a neuron by itself, √(k_B T/C)");
}

/// "5.40035 τ" of the cues that oscillate, as far as there is room.
std::string periods_text(const Design& design, const Simulation& found) {
  constexpr int most = 3;
  std::string text;
  int shown = 0;
  for (const SimulatedCue& cue : found.cues) {
    if (!cue.period) continue;
    if (++shown > most) return text + ", …";
    text += fmt::format("{}{} (cue {})", shown > 1 ? ", " : "", quantity(*cue.period, time_unit(design), 6), cue.cue);
  }
  return text;
}

void print_ends(Terminal& terminal, const Design& design, const Simulation& found, bool targeted) {
  std::vector<double> times;
  std::size_t ends[4] = {};
  std::size_t recalled = 0;
  for (const SimulatedCue& cue : found.cues) {
    ++ends[static_cast<std::size_t>(cue.reason)];
    if (cue.status == "recalled") ++recalled;
    if (cue.settle_time) times.push_back(*cue.settle_time);
  }
  terminal.heading("Runs");
  std::string text = fmt::format("{} settled", ends[0]);
  if (found.noise) {
    text = fmt::format("{} to {}: noise leaves none at rest", ends[1], quantity(found.noise->t_end, time_unit(design)));
  } else if (ends[1] > 0) text += fmt::format(", {} at the time limit", ends[1]);
  if (ends[2] > 0) text += fmt::format(", {} oscillating", ends[2]);
  if (ends[3] > 0) text += fmt::format(", {} diverged", ends[3]);
  terminal.field("of " + counted(found.cues.size(), "cue"), text);
  if (ends[2] > 0 && design.memory.rule != Rule::sequence) terminal.field("period", periods_text(design, found));
  if (!found.memories.empty())
    terminal.field("recalled", fmt::format("{} {}", recalled, design.memory.rule == Rule::sequence ? "the whole sequence" : targeted ? "their memory" : "ended in a memory"));
  if (!times.empty()) {
    std::sort(times.begin(), times.end());
    terminal.field("settling",
                   fmt::format("median {}, longest {}", quantity(times[times.size() / 2], time_unit(design)),
                               quantity(times.back(), time_unit(design))));
  }
  if (found.noise) print_noise(terminal, design, *found.noise);
  if (!found.cues.empty()) terminal.field("product W V", found.cues.front().form + " form");
  if (found.amplifiers) {
    terminal.field("amplifiers", amplifier_text(*found.amplifiers) + "; in components, voltages and times as in the design");
  }
  if (!found.energy_argument) {
    const char* why = found.amplifiers          ? "amplifiers are not ideal:"
                      : found.delayed           ? "with delays"
                      : design.noise.temperature ? "with noise"
                                                : "T is not symmetric:";
    terminal.field("energy", fmt::format("{} the energy need not fall", why));
  } else {
    terminal.field("energy", found.energy_never_rises ? Cell("fell along every trajectory", Tone::good)
                                                      : Cell("ROSE along a trajectory", Tone::bad));
  }
}

/// Of the first few runs of which it was measured.
void print_lyapunov(Terminal& terminal, const Design& design, const Simulation& found) {
  constexpr std::size_t most_shown = 4;
  std::size_t shown = 0;
  for (const SimulatedCue& cue : found.cues) {
    if (!cue.lyapunov || shown++ == most_shown) continue;
    const LyapunovExponent& exponent = *cue.lyapunov;
    terminal.field(shown == 1 ? "Lyapunov" : "",
                   fmt::format("cue {}: λ1 = {:.4f} ± {:.4f} per {} (95 %): {}", cue.cue, exponent.largest,
                               1.96 * exponent.standard_error, design.circuit.units == Units::physical ? "s" : "τ",
                               exponent.is_chaotic() ? "chaos" : "no chaos seen"));
  }
}

}  // namespace

void print_simulation(Terminal& terminal, const Design& design, const Simulation& found,
                      const std::filesystem::path& folder, bool csv, const Json& learning) {
  std::vector<RecallView> recalls;
  std::vector<SequenceView> sequences;
  for (const SimulatedCue& cue : found.cues) {
    sequences.push_back({cue.cue, cue.sequence, cue.period});
    recalls.push_back({cue.cue, cue.target, cue.attractor, cue.status, cue.signs});
  }
  std::vector<MemoryView> memories;
  for (const SimulatedMemory& memory : found.memories) {
    memories.push_back({memory.name, memory.stored, memory.margin});
  }
  print_subject(terminal, design, recalls.size(), found.designed.circuit.hidden);
  print_learning(terminal, learning);
  print_memories(terminal, memories, recalls);
  print_pictures(terminal, design, recalls);
  print_sequences(terminal, design, sequences);
  print_equilibria(terminal, design, found);
  if (found.solution) print_solution(terminal, design, found.solution);
  else print_states(terminal, design, found);
  print_ends(terminal, design, found, has_targets(recalls));
  print_lyapunov(terminal, design, found);
  print_results_folder(terminal, folder);
  if (!found.times.empty()) terminal.field("", (folder / "simulate.svg").string());
  if (csv) terminal.field("", (folder / "samples.csv").string());
}

}  // namespace basin::cli
