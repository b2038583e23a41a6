#include "sim/capacity/store.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "sim/io/atomic_file.hpp"
#include "sim/io/program_id.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const TrialOutcome& trial) {
  return {{"overlaps", trial.overlaps},       {"sign_overlaps", trial.sign_overlaps}, {"unsettled", trial.unsettled},
          {"fewest_bits", trial.fewest_bits}, {"words", trial.words},                 {"cycles", trial.cycles},
          {"mismatch", trial.mismatch}};
}

TrialOutcome trial_of(const Json& json) {
  TrialOutcome trial;
  json.at("overlaps").get_to(trial.overlaps);
  json.at("sign_overlaps").get_to(trial.sign_overlaps);
  json.at("unsettled").get_to(trial.unsettled);
  json.at("fewest_bits").get_to(trial.fewest_bits);
  json.at("words").get_to(trial.words);
  json.at("cycles").get_to(trial.cycles);
  json.at("mismatch").get_to(trial.mismatch);
  return trial;
}

bool are_overlaps(const std::vector<double>& values, int recalls) {
  return std::ssize(values) == recalls && std::ranges::all_of(values, [](double m) { return std::abs(m) <= 1.0; });
}

/// Whether a trial of that many recalls, or of a search when there are none, can have ended like this.
bool is_possible(const TrialOutcome& trial, int recalls) {
  const int bits = trial.fewest_bits;
  const bool found = bits == 0 || (recalls == 0 && bits >= least_weight_bits && bits <= most_weight_bits);
  return are_overlaps(trial.overlaps, recalls) && are_overlaps(trial.sign_overlaps, recalls) && trial.unsettled >= 0 &&
         trial.unsettled <= recalls && found;
}

}  // namespace

std::optional<std::vector<TrialOutcome>> CellStore::find(const std::string& id, int trials, int recalls) const {
  std::ifstream in(file(id), std::ios::binary);
  if (!in) return std::nullopt;
  const Json json = Json::parse(std::string(std::istreambuf_iterator<char>(in), {}), nullptr, false);
  try {
    if (json.at("program") != program_id() || json.at("id") != id) return std::nullopt;
    std::vector<TrialOutcome> found;
    for (const Json& trial : json.at("trials")) found.push_back(trial_of(trial));
    if (std::ssize(found) != trials) return std::nullopt;
    if (!std::ranges::all_of(found, [recalls](const TrialOutcome& trial) { return is_possible(trial, recalls); })) return std::nullopt;
    return found;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

void CellStore::keep(const std::string& id, const std::vector<TrialOutcome>& trials) const {
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (failed) throw EnvironmentError(folder_.string() + ": cannot be made: " + failed.message());
  Json json{{"program", program_id()}, {"id", id}, {"trials", Json::array()}};
  for (const TrialOutcome& trial : trials) json["trials"].push_back(json_of(trial));
  write_atomically(file(id), json.dump() + "\n");
}

}  // namespace basin
