#include "sim/cli/capacity_results.hpp"

#include <algorithm>
#include <limits>

#include "models/design/rule_names.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/io/hdf5_image.hpp"

namespace basin::cli {
namespace {

Json cell_of(const CellResult& result) {
  const Cell& cell = result.cell;
  Json json{{"neurons", cell.neurons}, {"patterns", cell.patterns}, {"load", cell.load()}, {"rule", to_string(cell.rule)},
            {"engine", cell.engine == "sign" ? "reference" : cell.engine}};
  if (cell.engine != "sign") json["gain"] = cell.gain;
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
  std::vector<int> bits;
  for (const TrialOutcome& trial : result.trials) bits.push_back(trial.fewest_bits);
  const bool all = std::ranges::find(bits, 0) == bits.end();
  json["trials"] = bits.size();
  json["stored"] = bits.size() - static_cast<std::size_t>(std::ranges::count(bits, 0));
  json["fewest"] = all ? Json(std::ranges::max(bits)) : Json(nullptr);   // with which every trial stores all
  json["of_trials"] = Json::array();
  for (const int each : bits) json["of_trials"].push_back(each == 0 ? Json(nullptr) : Json(each));
  add_rtl(json, result);
  return json;
}

Json scaling_of(const CurveScaling& curve) {
  Json json{{"rule", to_string(curve.cell.rule)}, {"engine", curve.cell.engine == "sign" ? "reference" : curve.cell.engine}};
  if (curve.cell.engine != "sign") json["gain"] = curve.cell.gain;
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
  const bool search = campaign.cells.front().recalls == 0;
  Json& rows = document[search ? "weight_bits" : "capacity"] = Json::array();
  for (const CellResult& result : campaign.cells) rows.push_back(search ? bits_of(result) : recalls_of(result));
  if (campaign.scalings.empty()) return;
  document["scaling"] = Json::array();
  for (const CurveScaling& curve : campaign.scalings) document["scaling"].push_back(scaling_of(curve));
}

void write_campaign(const std::filesystem::path& folder, const Campaign& campaign) {
  const std::size_t cells = campaign.cells.size();
  const std::size_t trials = campaign.cells.front().trials.size();
  std::size_t recalls = 0;
  for (const CellResult& result : campaign.cells) recalls = std::max(recalls, static_cast<std::size_t>(result.recalls));
  std::vector<std::int32_t> neurons, patterns, bits;
  std::vector<double> overlaps, signs;
  for (const CellResult& result : campaign.cells) {
    neurons.push_back(result.cell.neurons);
    patterns.push_back(result.cell.patterns);
    for (const TrialOutcome& trial : result.trials) {
      bits.push_back(trial.fewest_bits);
      for (std::size_t r = 0; r < recalls; ++r) {   // NaN where a cell has fewer memories than recalls
        const bool there = r < trial.overlaps.size();
        overlaps.push_back(there ? trial.overlaps[r] : std::numeric_limits<double>::quiet_NaN());
        signs.push_back(there ? trial.sign_overlaps[r] : std::numeric_limits<double>::quiet_NaN());
      }
    }
  }
  Hdf5Image image;
  image.add("/neurons", {cells}, neurons, "1");
  image.add("/patterns", {cells}, patterns, "1");
  if (recalls > 0) {
    image.add("/overlap", {cells, trials, recalls}, overlaps, "1");
    image.add("/sign_overlap", {cells, trials, recalls}, signs, "1");
  } else {
    image.add("/fewest_bits", {cells, trials}, bits, "1");
  }
  write_result(folder / "results.h5", image.finish());
}

}  // namespace basin::cli
