#include "sim/reference/physical_design.hpp"

#include <cmath>
#include <limits>

#include "models/design/error.hpp"

namespace basin {

PhysicalDesign prepare_physical(const Design& design, AmplifierChoice amplifiers) {
  PhysicalDesign physical;
  physical.is_ideal = amplifiers == AmplifierChoice::ideal;
  if (!physical.is_ideal && design.amplifier.is_ideal()) {
    throw InputError(Location{design.file, 0}, "amplifier",
                     "has nothing that real amplifiers do; --model opamp needs one of its keys");
  }
  if (design.cues.carry) {
    throw InputError(Location{design.file, 0}, "cues.carry",
                     "true makes a cue start where the one before ended, and a circuit in components runs each from a start of its "
                     "own; allowed: false (--set cues.carry=false)");
  }
  physical.designed = prepare_circuit(design, Keep::matrix);
  if (!physical.designed.phases.empty()) {
    throw InputError(Location{design.file, 0}, "recall.hold",
                     "holds neurons in phases, and a network of resistors has none; allowed: [] (--set recall.hold=[])");
  }
  physical.parts = realise(design, physical.designed.circuit);
  physical.amplifiers = physical.is_ideal ? ideal_amplifiers(physical.parts.network.size()) : physical.parts.amplifiers;
  return physical;
}

PhysicalCue physical_cue(const PhysicalDesign& physical, const Cue& cue) {
  PhysicalCue made;
  made.start = physical.volts() * (cue.start + physical.designed.circuit.threshold);
  if (cue.bias.size() > 0) made.drive.current = physical.volts() * cue.bias.cwiseQuotient(physical.parts.circuit.resistance);
  if (cue.clamp.size() > 0) made.drive.held_v = physical.parts.network.swing * cue.clamp;
  if (physical.parts.network.delay.size() > 0) {
    const AmplifierSystem system(physical.parts.network, physical.amplifiers, made.drive);
    made.drive.past_v = system.followers(system.start(made.start));
  }
  return made;
}

Drive hidden_held_off(const ResistorNetwork& network, const AmplifierModel& amplifiers) {
  Drive drive;
  drive.held_v = Vector::Constant(network.size(), std::numeric_limits<double>::quiet_NaN());
  for (Index i = network.size() - network.hidden; i < network.size(); ++i) {
    const bool unipolar = network.unipolar[static_cast<std::size_t>(i)];
    drive.held_v[i] = unipolar ? 0.0 : -network.swing * amplifiers.swing_share;
  }
  return drive;
}

Vector signed_volts(const ResistorNetwork& network, const AmplifierModel& amplifiers, const Drive& drive, const Vector& u_v) {
  Vector x = u_v - amplifiers.threshold(network);
  for (Index i = 0; i < drive.held_v.size(); ++i) {
    if (std::isnan(drive.held_v[i])) continue;
    x[i] = drive.held_v[i] - (network.unipolar[static_cast<std::size_t>(i)] ? 0.5 * network.swing : 0.0);
  }
  return x;
}

}  // namespace basin
