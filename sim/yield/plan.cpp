#include "sim/yield/plan.hpp"

#include <array>

#include "models/design/text.hpp"

namespace basin {
namespace {

constexpr std::array smooth_kinds{ActivationKind::tanh, ActivationKind::erf, ActivationKind::algebraic,
                                  ActivationKind::arctan, ActivationKind::clipped_linear};

AmplifierSpec ideal(const Design& design) {
  AmplifierSpec spec;
  spec.output_resistance_ohm = Vector::Zero(design.neurons);
  spec.input_offset_v = Vector::Zero(design.neurons);
  return spec;
}

/// With the seed and shape of the design's, and no fault.
ToleranceSpec exact(const Design& design) {
  ToleranceSpec spec;
  spec.uniform = design.tolerance.uniform;
  spec.seed = design.tolerance.seed;
  spec.short_resistance_ohm = design.tolerance.short_resistance_ohm;
  return spec;
}

std::string range_text(const Vector& values, const std::string& unit) {
  const double low = values.minCoeff(), high = values.maxCoeff();
  return (low == high ? "" : quantity(low, unit) + " to ") + quantity(high, unit);
}

bool is_late(const Design& design) { return design.circuit.delay.size() > 0 && design.circuit.delay.maxCoeff() > 0.0; }

bool is_warm(const Design& design) { return design.noise.temperature.value_or(0.0) > 0.0; }

std::string percent_text(double share) { return three_digits(100.0 * share) + " %"; }

class Planner {
 public:
  explicit Planner(const Design& design) : design_(design), exact_(exact(design)), ideal_(ideal(design)) {}

  std::vector<YieldCase> plan() {
    add("nominal", "", exact_, ideal_);
    if (!has_faults(design_)) return activations();
    for (const auto& [name, share] :
         {std::pair("resistors", &ToleranceSpec::resistors), std::pair("capacitors", &ToleranceSpec::capacitors),
          std::pair("input_offset", &ToleranceSpec::input_offset_v),
          std::pair("stuck_open", &ToleranceSpec::stuck_open), std::pair("stuck_short", &ToleranceSpec::stuck_short),
          std::pair("supply_droop", &ToleranceSpec::supply_droop)}) {
      const double value = design_.tolerance.*share;
      if (value == 0.0) continue;
      ToleranceSpec alone = exact_;
      alone.*share = value;
      const bool volts = share == &ToleranceSpec::input_offset_v;
      add(std::string("tolerance.") + name, volts ? quantity(value, "V") : percent_text(value), alone, ideal_);
    }
    for (const auto& [name, values, unit] :
         {std::tuple("gain_bandwidth", &AmplifierSpec::gain_bandwidth_hz, "Hz"),
          std::tuple("output_resistance", &AmplifierSpec::output_resistance_ohm, "ohm"),
          std::tuple("open_loop_gain", &AmplifierSpec::open_loop_gain, ""),
          std::tuple("slew_rate", &AmplifierSpec::slew_rate_v_per_s, "V/s"),
          std::tuple("saturation", &AmplifierSpec::saturation_v, "V"),
          std::tuple("input_offset", &AmplifierSpec::input_offset_v, "V")}) {
      const Vector& value = design_.amplifier.*values;
      if (value.size() == 0 || value.isZero(0.0)) continue;
      AmplifierSpec alone = ideal_;
      alone.*values = value;
      add(std::string("amplifier.") + name, range_text(value, unit), exact_, alone);
    }
    const std::string time = design_.circuit.units == Units::physical ? "s" : "τ";
    if (is_late(design_)) {
      add("circuit.delay", range_text(design_.circuit.delay, time), exact_, ideal_);
      cases_.back().is_delayed = true;
    }
    if (is_warm(design_)) {
      const std::string unit = design_.circuit.units == Units::physical ? " K" : "";
      add("noise.temperature", number_text(*design_.noise.temperature) + unit, exact_, ideal_);
      cases_.back().is_noisy = true;
    }
    add("all", "", design_.tolerance, design_.amplifier);
    cases_.back().is_delayed = is_late(design_);
    cases_.back().is_noisy = is_warm(design_);
    return activations();
  }

 private:
  void add(std::string name, std::string value, const ToleranceSpec& tolerance, const AmplifierSpec& amplifier) {
    cases_.push_back({std::move(name), std::move(value), std::nullopt, tolerance, amplifier});
  }

  /// The cases with the nominal ones and all together of the other activations behind them.
  std::vector<YieldCase> activations() {
    const bool mixed = !design_.circuit.activation_of.empty();
    const ActivationKind own =
        design_.circuit.activation == ActivationKind::logistic ? ActivationKind::tanh : design_.circuit.activation;
    const std::vector<YieldCase> before = cases_;
    for (const ActivationKind kind : smooth_kinds) {
      if (!mixed && kind == own) continue;  // logistic units are tanh ones of another range
      for (const YieldCase& each : before) {
        if (each.name != "nominal" && each.name != "all") continue;
        cases_.push_back(each);
        cases_.back().activation = kind;
      }
    }
    return std::move(cases_);
  }

  const Design& design_;
  ToleranceSpec exact_;
  AmplifierSpec ideal_;
  std::vector<YieldCase> cases_;
};

}  // namespace

bool has_faults(const Design& design) {
  const ToleranceSpec& spec = design.tolerance;
  return !design.amplifier.is_ideal() || is_late(design) || is_warm(design) || spec.resistors > 0.0 || spec.capacitors > 0.0 ||
         spec.input_offset_v > 0.0 || spec.stuck_open > 0.0 || spec.stuck_short > 0.0 || spec.supply_droop > 0.0;
}

std::vector<YieldCase> yield_cases(const Design& design) { return Planner(design).plan(); }

}  // namespace basin
