#include "models/design/resolve_parts.hpp"
#include "models/design/text.hpp"

namespace basin::resolve {
namespace {

PreferredSeries series(const std::string& word) {
  if (word == "E12") return PreferredSeries::e12;
  if (word == "E24") return PreferredSeries::e24;
  return word == "E96" ? PreferredSeries::e96 : PreferredSeries::exact;
}

}  // namespace

Vector one_a_neuron(const Document& document, std::string_view path, int neurons) {
  const std::vector<double> values = document.neuron_values(path);
  if (values.size() == 1) return Vector::Constant(neurons, values.front());
  if (!values.empty() && values.size() != static_cast<std::size_t>(neurons)) {
    document.fail(path, document.file_of(path) + "has " + std::to_string(values.size()) + " values; allowed: one for all, or " +
                            std::to_string(neurons) + ", one a neuron");
  }
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

PhysicalSpec physical(const Document& document) {
  for (const char* path : {"physical.resistance", "physical.capacitance"}) {
    if (document.units() == Units::physical && document.has(path)) {
      document.fail(path, "is of normalised designs; allowed in physical ones: circuit.resistance and circuit.capacitance");
    }
  }
  PhysicalSpec spec;
  spec.resistance_ohm = document.number("physical.resistance");
  spec.capacitance_f = document.number("physical.capacitance");
  spec.output_swing_v = document.number("physical.output_swing");
  spec.overlaps = document.choice("physical.network") == "overlaps";
  spec.series = series(document.choice("physical.series"));
  if (const auto levels = document.optional_integer("physical.levels")) spec.levels = static_cast<int>(*levels);
  if (spec.levels && spec.series != PreferredSeries::exact) {
    document.fail("physical.levels", "is given besides series; allowed: one of the two");
  }
  return spec;
}

AmplifierSpec amplifier(const Document& document, int neurons) {
  AmplifierSpec spec;
  spec.gain_bandwidth_hz = one_a_neuron(document, "amplifier.gain_bandwidth", neurons);
  spec.output_resistance_ohm = one_a_neuron(document, "amplifier.output_resistance", neurons);
  spec.open_loop_gain = one_a_neuron(document, "amplifier.open_loop_gain", neurons);
  spec.slew_rate_v_per_s = one_a_neuron(document, "amplifier.slew_rate", neurons);
  spec.saturation_v = one_a_neuron(document, "amplifier.saturation", neurons);
  spec.input_offset_v = one_a_neuron(document, "amplifier.input_offset", neurons);
  return spec;
}

void refuse_beside_overlaps(const Document& document, const Design& design) {
  if (!design.physical.overlaps) return;
  const auto refuse = [&](const char* what, const char* beside) {
    document.fail("physical.network", "\"overlaps\" " + std::string(what) + "; allowed beside " + beside + ": \"direct\"");
  };
  if (!design.amplifier.is_ideal()) refuse("has ideal amplifiers", "[amplifier]");
  if (!design.circuit.delay.isZero(0.0)) refuse("hears outputs at once", "circuit.delay");
  if (design.noise.temperature) refuse("has no noise of its own", "[noise]");
  if (design.tolerance != ToleranceSpec{.seed = design.tolerance.seed}) refuse("is of parts as they are", "[tolerance]");
}

}  // namespace basin::resolve
