#include "sim/capacity/campaign.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/design/rule_names.hpp"
#include "sim/capacity/store.hpp"
#include "sim/reference/parallel.hpp"

namespace basin {
namespace {

std::string stage_of(const Cell& cell) {
  return fmt::format("{} {}, N = {}, M = {}", cell.engine, to_string(cell.rule), cell.neurons, cell.patterns);
}

int recalled_in(const TrialOutcome& trial) {
  return static_cast<int>(std::ranges::count_if(trial.sign_overlaps, [](double m) { return m >= recalled_overlap; }));
}

CellResult summary(const Cell& cell, std::vector<TrialOutcome> trials, Theories& theories) {
  CellResult result{cell, std::move(trials), 0, {}, {}, 0, 0, 0, {}, theories.of(cell)};
  std::vector<double> means;
  std::vector<int> recalled;
  for (const TrialOutcome& trial : result.trials) {
    result.unsettled += trial.unsettled;
    result.words += trial.words;
    result.cycles += trial.cycles;
    if (result.mismatch.empty()) result.mismatch = trial.mismatch;
    if (trial.overlaps.empty()) continue;   // of a search for weight bits
    result.recalls = static_cast<int>(trial.overlaps.size());
    means.push_back(mean_of(trial.overlaps).value);
    recalled.push_back(recalled_in(trial));
  }
  if (means.empty()) return result;
  result.overlap = mean_of(means);
  result.recalled = share_of(recalled, result.recalls);
  return result;
}

LoadPoint point_of(const CellResult& result) {
  LoadPoint point{result.cell.load(), result.recalls, {}};
  for (const TrialOutcome& trial : result.trials) point.recalled.push_back(recalled_in(trial));
  return point;
}

/// Whether theory tells the two apart: by rule, by gain, and whether the neurons are two-valued.
bool same_theory(const Cell& a, const Cell& b) {
  return a.rule == b.rule && a.gain == b.gain && (a.engine == "sign") == (b.engine == "sign");
}

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
    const bool known = std::ranges::any_of(curves, [&](const TheoryCurve& c) { return same_theory(c.cell, result.cell); });
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

bool same_but_size(Cell a, const Cell& b) {
  a.neurons = b.neurons;
  return a.same_curve(b);
}

std::vector<CurveScaling> scalings_of(const std::vector<CellResult>& cells, std::uint64_t seed) {
  std::vector<CurveScaling> all;
  std::vector<bool> done(cells.size(), false);
  for (std::size_t first = 0; first < cells.size(); ++first) {
    if (done[first] || cells[first].recalls == 0) continue;
    std::vector<SizePoints> sizes;
    for (std::size_t i = first; i < cells.size(); ++i) {
      if (!same_but_size(cells[first].cell, cells[i].cell)) continue;
      done[i] = true;
      if (sizes.empty() || sizes.back().neurons != cells[i].cell.neurons) sizes.push_back({cells[i].cell.neurons, {}});
      sizes.back().points.push_back(point_of(cells[i]));
    }
    auto scaling = scale_to_infinity(sizes, seed);
    if (scaling) all.push_back({cells[first].cell, cells[first].theory.critical_load, std::move(*scaling)});
  }
  return all;
}

}  // namespace

bool Campaign::bit_exact() const {
  return std::ranges::all_of(cells, [](const CellResult& cell) { return cell.mismatch.empty(); });
}

Campaign run_campaign(const Design& design, const CampaignOptions& options) {
  const std::vector<Cell> cells = cells_of(design);
  const auto trials = static_cast<std::size_t>(design.capacity.trials);
  const CellStore store(options.store);
  Theories theories(design);
  Campaign campaign;
  std::size_t finished = 0;
  for (const Cell& cell : cells) {
    const std::string id = cell_id(design, cell);
    auto outcomes = store.find(id, design.capacity.trials);
    campaign.found += outcomes ? 1 : 0;
    if (!outcomes) {
      outcomes.emplace(trials);
      const auto one = [&](std::size_t trial, std::size_t) {
        (*outcomes)[trial] = run_trial(design, cell, static_cast<int>(trial));
      };
      for_each_parallel(trials, options.jobs, one, [&](std::size_t done) {
        if (options.progress) options.progress(stage_of(cell), finished + done, cells.size() * trials);
      });
      store.keep(id, *outcomes);
    }
    finished += trials;
    campaign.cells.push_back(summary(cell, std::move(*outcomes), theories));
  }
  campaign.theories = theory_curves(campaign.cells, theories);
  campaign.scalings = scalings_of(campaign.cells, design.cues.seed);
  return campaign;
}

}  // namespace basin
