#include "sim/capacity/campaign.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/design/rule_names.hpp"
#include "sim/capacity/store.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

std::string stage_of(const Cell& cell) {
  return fmt::format("{}, N = {}, M = {}", to_string(cell.rule), cell.neurons, cell.patterns);
}

int recalled_in(const TrialOutcome& trial) {
  return static_cast<int>(std::ranges::count_if(trial.sign_overlaps, [](double m) { return m >= recalled_overlap; }));
}

FewestBits fewest_of(const std::vector<TrialOutcome>& trials) {
  std::vector<int> bits;
  for (const TrialOutcome& trial : trials) {
    if (trial.fewest_bits > 0) bits.push_back(trial.fewest_bits);
  }
  if (bits.empty()) return {};
  std::ranges::sort(bits);
  return {bits.size(), bits.front(), bits[bits.size() / 2], bits.back()};
}

CellResult summary(const Cell& cell, int recalls, std::vector<TrialOutcome> trials, Theories& theories) {
  CellResult result{cell, std::move(trials), recalls, {}, {}, {}, 0, 0, 0, {}, theories.of(cell)};
  for (const TrialOutcome& trial : result.trials) {
    result.unsettled += trial.unsettled;
    result.words += trial.words;
    result.cycles += trial.cycles;
    if (result.mismatch.empty()) result.mismatch = trial.mismatch;
  }
  if (recalls == 0) {
    result.bits = fewest_of(result.trials);
    return result;
  }
  std::vector<double> means;
  std::vector<int> recalled;
  for (const TrialOutcome& trial : result.trials) {
    means.push_back(mean_of(trial.overlaps).value);
    recalled.push_back(recalled_in(trial));
  }
  result.overlap = mean_of(means);
  result.recalled = share_of(recalled, recalls);
  return result;
}

LoadPoint point_of(const CellResult& result) {
  LoadPoint point{result.cell.load(), result.recalls, {}};
  for (const TrialOutcome& trial : result.trials) point.recalled.push_back(recalled_in(trial));
  return point;
}

bool same_theory(const CellTheory& a, const CellTheory& b) { return a.name == b.name && a.critical_load == b.critical_load; }

std::vector<TheoryCurve> theory_curves(const std::vector<CellResult>& cells, Theories& theories) {
  constexpr int points = 60;
  double least = cells.front().cell.load();
  double most = least;
  for (const CellResult& result : cells) {
    least = std::min(least, result.cell.load());
    most = std::max(most, result.cell.load());
  }
  std::vector<TheoryCurve> curves;
  for (const CellResult& result : cells) {
    const bool known = std::ranges::any_of(curves, [&](const TheoryCurve& c) { return same_theory(c.theory, result.theory); });
    if (known || !result.theory.critical_load) continue;
    TheoryCurve curve{result.cell, result.theory, {}, {}};
    const double end = std::min(most, *curve.theory.critical_load * (1.0 - 1e-12));
    for (int k = 0; k <= points; ++k) {
      // Closer together towards the end, where m falls steeply.
      const double part = 1.0 - k / static_cast<double>(points);
      const double load = end - (end - least) * part * part;
      const auto overlap = load > 0.0 && end >= least ? theories.overlap_at(curve.cell, load) : std::nullopt;
      if (!overlap) continue;
      curve.loads.push_back(load);
      curve.overlaps.push_back(*overlap);
    }
    curves.push_back(std::move(curve));
  }
  return curves;
}

std::vector<CurveScaling> scalings_of(const std::vector<CellResult>& cells, std::uint64_t seed) {
  std::vector<CurveScaling> all;
  std::vector<bool> done(cells.size(), false);
  for (std::size_t first = 0; first < cells.size(); ++first) {
    if (done[first] || cells[first].recalls == 0) continue;
    std::vector<SizePoints> sizes;
    for (std::size_t i = first; i < cells.size(); ++i) {
      if (!cells[first].cell.same_settings(cells[i].cell)) continue;
      done[i] = true;
      if (sizes.empty() || sizes.back().neurons != cells[i].cell.neurons) sizes.push_back({cells[i].cell.neurons, {}});
      sizes.back().points.push_back(point_of(cells[i]));
    }
    auto scaling = scale_to_infinity(sizes, seed);
    if (!scaling) continue;
    const CellTheory& theory = cells[first].theory;
    all.push_back({cells[first].cell, theory.of_size ? std::nullopt : theory.critical_load, std::move(*scaling)});
  }
  return all;
}

bool reads_rtl(const std::vector<Cell>& cells) {
  return std::ranges::any_of(cells, [](const Cell& cell) { return cell.engine == "verilator"; });
}

/// A cell on its way: without outcomes until it is found or run.
struct Job {
  Cell cell;
  std::string id;
  std::optional<std::vector<TrialOutcome>> outcomes;
};

/// The jobs still to run whose weights are those of `first`.
std::vector<Job*> open_with(std::vector<Job>& jobs, const Job& first) {
  std::vector<Job*> open;
  for (Job& job : jobs) {
    if (!job.outcomes && job.cell.same_weights(first.cell)) open.push_back(&job);
  }
  return open;
}

}  // namespace

bool Campaign::bit_exact() const {
  return std::ranges::all_of(cells, [](const CellResult& cell) { return cell.mismatch.empty(); });
}

Campaign run_campaign(const Design& design, const CampaignOptions& options) {
  const std::vector<Cell> cells = cells_of(design);
  const auto trials = static_cast<std::size_t>(design.capacity.trials);
  const std::string rtl = reads_rtl(cells) ? read_rtl_sources(source_root()).text : "";
  const CellStore store(options.store);
  Campaign campaign;
  campaign.search = design.capacity.fewest_bits;
  std::vector<Job> jobs;
  for (const Cell& cell : cells) {
    Job& job = jobs.emplace_back(Job{cell, cell_id(design, cell, rtl), {}});
    job.outcomes = store.find(job.id, design.capacity.trials, recalls_of(design.capacity, cell));
    campaign.found += job.outcomes ? 1 : 0;
  }
  std::size_t finished = campaign.found * trials;
  for (const Job& first : jobs) {
    const std::vector<Job*> open = open_with(jobs, first);
    if (open.empty()) continue;
    for (Job* job : open) job->outcomes.emplace(trials);
    const auto one = [&](std::size_t trial, std::size_t) {
      TrialWeights weights;
      for (Job* job : open) (*job->outcomes)[trial] = run_trial(design, job->cell, static_cast<int>(trial), weights);
    };
    for_each_parallel(trials, options.jobs, one, [&](std::size_t done) {
      if (options.progress) options.progress(stage_of(first.cell), finished + done * open.size(), cells.size() * trials);
    });
    for (const Job* job : open) store.keep(job->id, *job->outcomes);
    finished += trials * open.size();
  }
  Theories theories(design);
  for (Job& job : jobs) {
    campaign.cells.push_back(summary(job.cell, recalls_of(design.capacity, job.cell), std::move(*job.outcomes), theories));
  }
  campaign.theories = theory_curves(campaign.cells, theories);
  campaign.scalings = scalings_of(campaign.cells, design.cues.seed);
  return campaign;
}

}  // namespace basin
