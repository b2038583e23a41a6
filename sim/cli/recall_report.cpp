#include "sim/cli/recall_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "models/design/rule_names.hpp"
#include "sim/cli/picture.hpp"
#include "sim/cli/text.hpp"
#include "sim/cli/words.hpp"
#include "sim/reference/attractors.hpp"
#include "sim/reference/cues.hpp"

namespace basin::cli {
namespace {

constexpr std::size_t most_memories = 16;

/// The first few cues; the last of them one that did not come back, where there is one.
std::vector<RecallView> chosen_recalls(const std::vector<RecallView>& recalls, std::size_t count) {
  std::vector<RecallView> chosen(recalls.begin(),
                                 recalls.begin() + static_cast<std::ptrdiff_t>(std::min(count, recalls.size())));
  const auto lost = std::find_if(recalls.begin(), recalls.end(),
                                 [](const RecallView& recall) { return recall.status != "recalled"; });
  if (!chosen.empty() && lost != recalls.end() && lost->cue > chosen.back().cue) chosen.back() = *lost;
  return chosen;
}

/// How many of a memory's cues came back, of how many; for cues that belong to no memory, how many end there.
std::string returned(const std::string& name, const std::vector<RecallView>& recalls, bool targeted) {
  const auto ending = [&](const RecallView& recall) { return recall.attractor == name; };
  if (!targeted) return fmt::to_string(std::count_if(recalls.begin(), recalls.end(), ending));
  const auto cues =
      std::count_if(recalls.begin(), recalls.end(), [&](const RecallView& r) { return r.target == name; });
  const auto back = std::count_if(recalls.begin(), recalls.end(),
                                  [&](const RecallView& recall) { return recall.target == name && recall.status == "recalled"; });
  return fmt::format("{} of {}", back, cues);
}

}  // namespace

bool has_targets(const std::vector<RecallView>& recalls) {
  return std::any_of(recalls.begin(), recalls.end(), [](const RecallView& recall) { return !recall.target.empty(); });
}

void print_subject(Terminal& terminal, const Design& design, std::size_t cues, Index hidden) {
  const Index memories = design.memory.patterns.rows();
  std::string parts = counted(static_cast<std::size_t>(design.neurons), "neuron");
  if (hidden > 0) parts += " and " + counted(static_cast<std::size_t>(hidden), "hidden unit");
  if (memories > 0) parts += ", " + counted(static_cast<std::size_t>(memories), "memory");
  if (design.memory.rule != Rule::none) parts += fmt::format(" by {}", to_string(design.memory.rule));
  terminal.line(painted(printable(design.name), Tone::strong, terminal.colour()) + ": " + parts + ", " +
                counted(cues, "cue"));
  terminal.field("design", design.file);
  terminal.field("design.id", design.id.substr(0, 16) + "…");
  for (const std::string& warning : design.warnings) terminal.field("note", Cell(warning, Tone::warn));
}

void print_memories(Terminal& terminal, const std::vector<MemoryView>& memories,
                    const std::vector<RecallView>& recalls) {
  if (memories.empty()) return;
  std::vector<std::size_t> order(memories.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (memories.size() > most_memories) {
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return memories[a].margin < memories[b].margin; });
    order.resize(most_memories);
  }
  const bool targeted = has_targets(recalls);
  Table table{{{"memory", Align::left},
               {"margin"},
               {"stored", Align::left},
               {targeted ? "cues recalled" : "cues ending there"}},
              {}};
  for (const std::size_t m : order) {
    const MemoryView& memory = memories[m];
    table.rows.push_back(
        {memory.name, Cell(fmt::format("{:.3f}", memory.margin), memory.margin > 0 ? Tone::plain : Tone::bad),
         answer(memory.stored), returned(memory.name, recalls, targeted)});
  }
  terminal.heading("Memories (a negative margin: some neuron is pushed the wrong way)");
  terminal.table(table);
  if (memories.size() > most_memories) {
    terminal.paragraph(fmt::format("the weakest of {}; all are in results.json", memories.size()), 2, Tone::dim);
  }
}

void print_pictures(Terminal& terminal, const Design& design, const std::vector<RecallView>& recalls) {
  const MemorySpec& memory = design.memory;
  const int across = memory.image_width > 0 ? pictures_across(memory.image_width, Terminal::width) : 0;
  if (across == 0 || recalls.empty() || !design.cues.present) return;
  const bool targeted = has_targets(recalls);
  std::vector<std::string> titles;
  PictureRow cue{"cue", {}};
  PictureRow end{"recalled", {}};
  PictureRow target{"memory", {}};
  for (const RecallView& recall : chosen_recalls(recalls, static_cast<std::size_t>(across))) {
    const auto name = std::find(memory.names.begin(), memory.names.end(), recall.target);
    const Index row = name - memory.names.begin();
    titles.push_back(fmt::format("{}→{}", targeted ? recall.target : fmt::format("#{}", recall.cue), recall.attractor));
    cue.pictures.push_back({cue_signs(design, recall.cue), memory.image_width});
    end.pictures.push_back({recall.signs, memory.image_width});
    target.pictures.push_back(
        {row < memory.patterns.rows() ? sign_text(memory.patterns.row(row).transpose()) : "", memory.image_width});
  }
  std::vector<PictureRow> rows{cue, end};
  if (targeted) rows.push_back(target);
  terminal.heading("Some recalls");
  for (const std::string& text : sheet(titles, rows)) terminal.line(text);
}

void print_results_folder(Terminal& terminal, const std::filesystem::path& folder) {
  terminal.line();
  terminal.field("results", (folder / "results.json").string() + " and results.h5");
}

void print_sequences(Terminal& terminal, const Design& design, const std::vector<SequenceView>& sequences) {
  constexpr std::size_t most_cues = 8;
  std::size_t shown = 0, all = 0;
  for (const SequenceView& sequence : sequences) {
    if (sequence.visits.empty()) continue;
    if (all++ == 0) terminal.heading("Memories passed, once round, and when each shows first");
    if (shown == most_cues) continue;
    ++shown;
    const std::size_t once = static_cast<std::size_t>(design.memory.patterns.rows()) + 1;
    std::string text;
    for (std::size_t k = 0; k < std::min(once, sequence.visits.size()); ++k) {
      const PatternVisit& visit = sequence.visits[k];
      text += fmt::format("{}{} {}", k == 0 ? "" : ", ", design.memory.names[static_cast<std::size_t>(visit.pattern)],
                          quantity(visit.t, time_unit(design)));
    }
    text += sequence.period ? "; period " + quantity(*sequence.period, time_unit(design), 5) : "; no cycle was recognised";
    terminal.field(fmt::format("cue {}", sequence.cue), text);
  }
  terminal.and_more(all, shown);
}

}  // namespace basin::cli
