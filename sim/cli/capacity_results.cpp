#include "sim/cli/capacity_results.hpp"

#include <algorithm>
#include <limits>

#include "models/design/rule_names.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/io/hdf5_image.hpp"

namespace basin::cli {
namespace {

const char* dynamics_of(const basin::Cell& cell) { return cell.sign ? "sign" : "analog"; }

Json cell_of(const CellResult& result) {
  const basin::Cell& cell = result.cell;
  Json json{{"neurons", cell.neurons}, {"patterns", cell.patterns}, {"load", cell.load()}, {"rule", to_string(cell.rule)},
            {"dynamics", dynamics_of(cell)}, {"engine", cell.engine}};
  if (!cell.sign) json["gain"] = cell.gain;
  if (cell.weight_bits) json["weight_bits"] = *cell.weight_bits;
  return json;
}

void add_rtl(Json& json, const CellResult& result) {
  if (result.cell.engine != "verilator") return;
  json["bit_exact"] = result.mismatch.empty();
  json["words"] = result.words;
  json["cycles"] = result.cycles;
  if (!result.mismatch.empty()) json["mismatch"] = result.mismatch;
}

Json recalls_of(const CellResult& result) {
  Json json = cell_of(result);
  json["flip"] = result.cell.flip;
  json["trials"] = result.trials.size();
  json["recalls"] = result.recalls;
  json["mean_overlap"] = result.overlap.value;
  json["sem"] = result.trials.size() < 2 ? Json(nullptr) : Json(result.overlap.error);
  json["fraction_recalled"] = result.recalled.value;
  json["fraction_low"] = result.recalled.low;
  json["fraction_high"] = result.recalled.high;
  json["unsettled"] = result.unsettled;
  if (!result.theory.name.empty()) {
    json["theory"] = Json{{"name", result.theory.name}, {"critical_load", number(result.theory.critical_load)}};
    json["theory"]["overlap"] = number(result.theory.overlap);
    if (result.theory.separable) json["theory"]["separable"] = *result.theory.separable;
  }
  add_rtl(json, result);
  return json;
}

Json bits_of(const CellResult& result) {
  Json json = cell_of(result);
  const bool all = result.bits.stored == result.trials.size();
  json["trials"] = result.trials.size();
  json["stored"] = result.bits.stored;
  json["fewest"] = all ? Json(result.bits.most) : Json(nullptr);   // with which every trial stores all
  json["of_trials"] = Json::array();
  for (const TrialOutcome& trial : result.trials) {
    json["of_trials"].push_back(trial.fewest_bits == 0 ? Json(nullptr) : Json(trial.fewest_bits));
  }
  add_rtl(json, result);
  return json;
}

Json scaling_of(const CurveScaling& curve) {
  Json json{{"rule", to_string(curve.cell.rule)}, {"dynamics", dynamics_of(curve.cell)}, {"engine", curve.cell.engine}};
  if (!curve.cell.sign) json["gain"] = curve.cell.gain;
  if (curve.cell.weight_bits) json["weight_bits"] = *curve.cell.weight_bits;
  json["flip"] = curve.cell.flip;
  json["half_recalled"] = Json::array();
  for (const HalfLoad& half : curve.scaling.halves) {
    json["half_recalled"].push_back({{"neurons", half.neurons}, {"load", half.load}, {"error", half.error}});
  }
  json["critical_load"] = Json::array();
  for (const ExtrapolatedLoad& estimate : curve.scaling.estimates) {
    json["critical_load"].push_back(
        {{"exponent", estimate.exponent}, {"load", estimate.load}, {"low", estimate.low}, {"high", estimate.high}, {"misfit", estimate.misfit}});
  }
  json["theory"] = number(curve.critical_load);
  return json;
}

}  // namespace

void add_campaign(Json& document, const Campaign& campaign) {
  Json& rows = document[campaign.search ? "weight_bits" : "capacity"] = Json::array();
  for (const CellResult& result : campaign.cells) rows.push_back(campaign.search ? bits_of(result) : recalls_of(result));
  if (campaign.scalings.empty()) return;
  document["scaling"] = Json::array();
  for (const CurveScaling& curve : campaign.scalings) document["scaling"].push_back(scaling_of(curve));
}

void write_campaign(const std::filesystem::path& folder, const Campaign& campaign) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const std::size_t cells = campaign.cells.size();
  const std::size_t trials = campaign.cells.front().trials.size();
  std::size_t recalls = 0;
  for (const CellResult& result : campaign.cells) recalls = std::max(recalls, static_cast<std::size_t>(result.recalls));
  std::vector<std::int32_t> neurons, patterns, bits, fewest;
  std::vector<double> gains, flips, overlaps, signs;
  std::vector<std::string> rules, dynamics, engines;
  for (const CellResult& result : campaign.cells) {
    const basin::Cell& cell = result.cell;
    neurons.push_back(cell.neurons);
    patterns.push_back(cell.patterns);
    rules.emplace_back(to_string(cell.rule));
    dynamics.emplace_back(dynamics_of(cell));
    engines.push_back(cell.engine);
    gains.push_back(cell.sign ? none : cell.gain);
    flips.push_back(campaign.search ? none : cell.flip);
    bits.push_back(cell.weight_bits.value_or(0));
    for (const TrialOutcome& trial : result.trials) {
      fewest.push_back(trial.fewest_bits);
      for (std::size_t r = 0; r < recalls; ++r) {   // none where a cell has fewer memories than recalls
        const bool there = r < trial.overlaps.size();
        overlaps.push_back(there ? trial.overlaps[r] : none);
        signs.push_back(there ? trial.sign_overlaps[r] : none);
      }
    }
  }
  Hdf5Image image;
  image.add("/neurons", {cells}, neurons, "1");
  image.add("/patterns", {cells}, patterns, "1");
  image.add("/rule", {cells}, rules);
  image.add("/dynamics", {cells}, dynamics);
  image.add("/engine", {cells}, engines);
  image.add("/gain", {cells}, gains, "1");
  image.add("/flip", {cells}, flips, "1");
  image.add("/weight_bits", {cells}, bits, "1");
  if (recalls > 0) {
    image.add("/overlap", {cells, trials, recalls}, overlaps, "1");
    image.add("/sign_overlap", {cells, trials, recalls}, signs, "1");
  } else {
    image.add("/fewest_bits", {cells, trials}, fewest, "1");
  }
  write_result(folder / "results.h5", image.finish());
}

}  // namespace basin::cli
