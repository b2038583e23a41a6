#include "sim/cli/amplifier_results.hpp"

#include <fmt/format.h>

#include <vector>

#include "sim/cli/words.hpp"

namespace basin::cli {
namespace {

Json list(const Vector& values) {
  if (values.size() == 0) return nullptr;
  Json all = Json::array();
  for (const double value : values) all.push_back(number(value));
  return all;
}

std::string range(const Vector& values, std::string_view unit) {
  const double low = values.minCoeff(), high = values.maxCoeff();
  return low == high ? quantity(low, unit) : quantity(low, unit) + " to " + quantity(high, unit);
}

}  // namespace

Json amplifier_of(const AmplifierSpec& spec, const AmplifierModel& model, bool applied) {
  Json json{{"gain_bandwidth", list(spec.gain_bandwidth_hz)}, {"output_resistance", list(spec.output_resistance_ohm)}};
  if (spec.open_loop_gain.size() > 0) json["open_loop_gain"] = list(spec.open_loop_gain);
  if (spec.slew_rate_v_per_s.size() > 0) json["slew_rate"] = list(spec.slew_rate_v_per_s);
  if (spec.saturation_v.size() > 0) json["saturation"] = list(spec.saturation_v);
  if (!spec.input_offset_v.isZero(0.0)) json["input_offset"] = list(spec.input_offset_v);
  if (model.has_pole()) json["pole"] = list(model.pole_hz);
  json["applied"] = applied;
  return json;
}

Json tolerance_of(const ToleranceSpec& spec) {
  return {{"distribution", spec.uniform ? "uniform" : "gaussian"},
          {"resistors", spec.resistors},
          {"capacitors", spec.capacitors},
          {"input_offset", spec.input_offset_v},
          {"stuck_open", spec.stuck_open},
          {"stuck_short", spec.stuck_short},
          {"short_resistance", spec.short_resistance_ohm},
          {"supply_droop", spec.supply_droop},
          {"seed", spec.seed}};
}

std::string amplifier_text(const AmplifierModel& model) {
  std::vector<std::string> parts{model.has_pole() ? "pole at " + range(model.pole_hz, "Hz") : "no pole",
                                 "output resistance " + range(model.output_resistance, "ohm")};
  if (model.open_loop_gain.size() > 0) parts.push_back("open-loop gain " + range(model.open_loop_gain, ""));
  if (model.slew_v_per_s.size() > 0) parts.push_back("slew rate " + range(model.slew_v_per_s, "V/s"));
  if (model.saturation_v.size() > 0) parts.push_back("saturation at ±" + range(model.saturation_v, "V"));
  if (model.input_offset_v.size() > 0) parts.push_back("input offset " + range(model.input_offset_v, "V"));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace basin::cli
