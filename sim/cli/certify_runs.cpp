#include "sim/cli/certify_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "sim/cli/certify_results.hpp"
#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

constexpr std::array versions{TubeVersion::realised, TubeVersion::designed};

const VersionedTube* find(const CertifiedRun& run, TubeVersion version) {
  const auto found = std::ranges::find(run.tubes, version, &VersionedTube::version);
  return found == run.tubes.end() ? nullptr : &*found;
}

/// Why the run is not certified against that circuit, or "".
std::string problem_of(const CertifiedRun& run, const Tube& tube) {
  if (!run.mismatch) return why_not(tube);
  return fmt::format("{} differs from the golden model in step {}", run.engine, run.mismatch->step);
}

/// Rows less the row before; the first as it is.
template <typename RowOf>
Json differences(std::size_t rows, const RowOf& row_of) {
  Json list = Json::array();
  for (std::size_t k = 0; k < rows; ++k) {
    Json row = Json::array();
    const auto now = row_of(k);
    for (std::size_t i = 0; i < now.size(); ++i) {
      row.push_back(k == 0 ? std::int64_t{now[i]} : std::int64_t{now[i]} - std::int64_t{row_of(k - 1)[i]});
    }
    list.push_back(std::move(row));
  }
  return list;
}

Json run_of(const CertifiedRun& run, const VersionedTube& made) {
  const Tube& tube = made.tube;
  const Trace& trace = run.trace;
  Json document{{"cue", run.cue}, {"start", exact_list(made.start)}, {"bias", exact_list(made.bias)}};
  document["states"] = differences(trace.steps() + 1, [&](std::size_t k) {
    return std::span(trace.words).subspan(k * trace.neurons, trace.neurons);
  });
  document["radii"] = differences(tube.radii.size(), [&](std::size_t k) -> const auto& { return tube.radii[k]; });
  document["rest"] = tube.rest;
  document["limits"] = tube.limits;
  return document;
}

Json entry_of(const CertifiedRuns& certified, const CertifiedRun& run, const VersionedTube& made) {
  const Tube& tube = made.tube;
  const std::string problem = problem_of(run, tube);
  Json entry{{"cue", run.cue}, {"version", to_string(made.version)}, {"granted", problem.empty()}, {"steps", run.trace.steps()}};
  if (!problem.empty()) {
    entry["reason"] = problem;
    entry["at"] = {{"step", tube.step + 1}};
    return entry;
  }
  entry["sup"] = tube.supremum();
  entry["limit"] = tube.final_radius();
  entry["between"] = tube.between;
  entry["sup_of_bound"] = tube.supremum() / certified.bound;
  return entry;
}

struct Summary {
  std::vector<double> suprema, limits;
  std::map<std::string, std::vector<int>> refused;
};

Summary summary_of(const CertifiedRuns& certified, TubeVersion version) {
  Summary summary;
  for (const CertifiedRun& run : certified.runs) {
    const Tube& tube = find(run, version)->tube;
    const std::string problem = problem_of(run, tube);
    if (!problem.empty()) {
      // In which step differs from run to run; results.json has it.
      const bool grew = !run.mismatch && tube.end == TubeEnd::grows;
      summary.refused[grew ? "the tube grew beyond every state" : problem].push_back(run.cue);
      continue;
    }
    summary.suprema.push_back(tube.supremum() / certified.bound);
    summary.limits.push_back(tube.final_radius() / certified.bound);
  }
  return summary;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::vector<Cell> row_of(TubeVersion version, const Summary& summary, std::size_t runs) {
  const std::size_t granted = summary.suprema.size();
  const Tone tone = granted == runs ? Tone::good : granted == 0 ? Tone::bad : Tone::warn;
  std::vector<Cell> row{Cell(to_string(version)), Cell(fmt::format("{} of {}", granted, runs), tone)};
  for (const std::vector<double>* values : {&summary.suprema, &summary.limits}) {
    row.push_back(values->empty() ? Cell("-", Tone::dim) : Cell(fmt::format("{:.2e}", up_to_three_digits(median(*values)))));
    row.push_back(values->empty() ? Cell("-", Tone::dim) : Cell(fmt::format("{:.2e}", up_to_three_digits(*std::ranges::max_element(*values)))));
  }
  return row;
}

}  // namespace

Json runs_certificate(const CertifiedRuns& certified, TubeVersion version, const std::string& design_id) {
  Json document{{"certificate", "basin runs 1"}, {"design", {{"id", design_id}}}, {"version", to_string(version)}};
  document["network"] = network_of(version == TubeVersion::realised ? certified.realised : certified.designed, design_id);
  document["runs"] = Json::array();
  for (const CertifiedRun& run : certified.runs) {
    const VersionedTube& made = *find(run, version);
    document["lsb"] = exact(run.trace.lsb);
    document["dt"] = exact(run.trace.dt);
    document["unit"] = exact(made.tube.unit);
    if (problem_of(run, made.tube).empty()) document["runs"].push_back(run_of(run, made));
  }
  return document;
}

void add_runs(Json& document, const CertifiedRuns& certified) {
  const std::optional<double> bound = certified.deviation_bound(TubeVersion::realised);
  document["deviation"] = {{"bound", bound ? Json(*bound) : Json(nullptr)}};
  document["runs"] = Json::array();
  for (const CertifiedRun& run : certified.runs) {
    for (const VersionedTube& made : run.tubes) document["runs"].push_back(entry_of(certified, run, made));
  }
}

void print_runs(Terminal& terminal, const Design& design, const CertifiedRuns& certified,
                const std::filesystem::path& folder) {
  terminal.heading("Runs of the hardware of " + design.name);
  Table table{{{"circuit", Align::left}, {"granted"}, {"sup E/B"}, {"largest"}, {"limit/B"}, {"largest"}}, {}};
  std::map<std::string, Summary> summaries;
  for (const TubeVersion version : versions) {
    const Summary& summary = summaries[to_string(version)] = summary_of(certified, version);
    table.rows.push_back(row_of(version, summary, certified.runs.size()));
  }
  terminal.table(table);
  terminal.line();
  terminal.paragraph(
      "Proved of a granted run: no neuron of the hardware is further from the circuit than E(t) at any step, nor than the limit "
      "as t grows (medians, and the largest of all runs). The realised circuit is the one that the hardware holds.");
  for (const auto& [version, summary] : summaries) {
    for (const auto& [reason, cues] : summary.refused) {
      terminal.paragraph(fmt::format("Not granted ({}), {} {} from cue {}: {}", version, cues.size(),
                                     cues.size() == 1 ? "run," : "runs,", cues.front(), reason));
    }
  }
  terminal.line();
  terminal.field("to", folder.string());
  terminal.field("", "runs-realised.json, runs-designed.json, tube.svg");
  terminal.field("check", "scripts/check_runs " + (folder / "runs-realised.json").string());
}

}  // namespace basin::cli
