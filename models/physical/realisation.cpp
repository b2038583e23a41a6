#include "models/physical/realisation.hpp"

#include <numbers>

#include "models/design/error.hpp"
#include "models/physical/preferred_values.hpp"

namespace basin {

Realisation realise(const Design& design, const Circuit& circuit) {
  const PhysicalSpec& spec = design.physical;
  Realisation made;
  const Circuit physical = physical_circuit(circuit, design.circuit.units, spec);
  if (design.circuit.units == Units::normalised) made.time_unit = spec.resistance_ohm * spec.capacitance_f;
  if (spec.overlaps) {
    if (!physical.factors) {
      throw InputError(Location{design.file, 0}, "physical.network",
                       "\"overlaps\" needs weights that are kept by their memories; allowed: rule = hebb or pseudo-inverse on all pairs");
    }
    const OverlapForm form(physical);
    made.scale = passive_scale(physical, form);
    made.circuit = rescaled(physical, made.scale);
    made.exact = make_network(made.circuit, spec.output_swing_v, form, made.scale);
  } else {
    made.scale = passive_scale(physical);
    made.circuit = rescaled(physical, made.scale);
    made.exact = make_network(made.circuit, spec.output_swing_v);
  }
  made.network = with_available_parts(made.exact, spec);
  made.is_exact = spec.series == PreferredSeries::exact && !spec.levels;
  made.made = made.is_exact ? made.circuit : circuit_of(made.network);
  made.amplifiers = amplifier_model(design.amplifier, made.network);
  return made;
}

AmplifierModel ideal_amplifiers(Index neurons) {
  AmplifierModel model;
  model.output_resistance = Vector::Zero(neurons);
  return model;
}

std::optional<OperatingPoint> operating_point(const ResistorNetwork& network, const AmplifierModel& amplifiers,
                                              const Vector& u_v, const Drive& drive, bool with_poles) {
  AmplifierModel at_rest = amplifiers;
  at_rest.slew_v_per_s.resize(0);   // moves no equilibrium, and limits nothing near one
  const AmplifierSystem system(network, at_rest, drive);
  const auto y = equilibrium(system, system.at_rest(u_v));
  if (!y) return std::nullopt;
  OperatingPoint point;
  point.u_v = y->head(network.size());
  point.output_v = system.positive_outputs(*y);
  point.power_w = system.power(*y);
  const DelayedLinearisation near = system.linearise(*y);
  if (!with_poles) {
    point.stable = is_stable(near);
    return point;
  }
  const DelayStability judged = judge(near);
  point.poles_hz = judged.roots / (2.0 * std::numbers::pi);
  point.stable = judged.stable;
  return point;
}

}  // namespace basin
