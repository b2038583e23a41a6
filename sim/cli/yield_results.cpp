#include "sim/cli/yield_results.hpp"

#include "models/design/activation_names.hpp"
#include "sim/cli/amplifier_results.hpp"

namespace basin::cli {
namespace {

Json row_of(const YieldRow& row, const YieldReport& report) {
  const bool random = row.what.is_random();
  Json json{{"name", row.what.name}, {"activation", report.activation}};
  if (row.what.activation) json["activation"] = to_string(*row.what.activation);
  json["value"] = row.what.value.empty() ? Json(nullptr) : Json(row.what.value);
  json["circuits"] = row.recalled.size();
  json["yield"] = row.yield.value;
  json["low"] = random ? Json(row.yield.low) : Json(nullptr);
  json["high"] = random ? Json(row.yield.high) : Json(nullptr);
  json["all_stored"] = row.all_stored.value;
  json["all_stored_low"] = random ? Json(row.all_stored.low) : Json(nullptr);
  json["all_stored_high"] = random ? Json(row.all_stored.high) : Json(nullptr);
  json["recalled"] = row.recalled;
  json["stored"] = row.stored;
  return json;
}

}  // namespace

void add_yield(Json& document, const Design& design, const YieldReport& report) {
  document["tolerance"] = tolerance_of(design.tolerance);
  document["amplifier"] = amplifier_of(design.amplifier, {}, !design.amplifier.is_ideal());
  Json& json = document["yield"] = {
      {"runs", report.runs}, {"cues", report.cues}, {"memories", report.memories}, {"rows", Json::array()}};
  for (const YieldRow& row : report.rows) json["rows"].push_back(row_of(row, report));
}

}  // namespace basin::cli
