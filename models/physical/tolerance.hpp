#pragma once

#include <cstdint>

#include "models/physical/amplifier_system.hpp"

namespace basin {

/// The parts of one made circuit.
struct MadeParts {
  ResistorNetwork network;
  AmplifierModel amplifiers;
};

/// Circuit number `sample` of those made to `spec` of these components (docs/math.md, made circuits):
/// - every resistor, of a synapse, a bias or the ground, and every capacitor is its value times 1 + share·x of its own, x
///   standard normal or uniform on (−1, 1). A normal factor below 0.1 is drawn again: such a part is thrown away.
/// - a synapse's resistor is missing with probability stuck_open, and shorted to short_resistance with stuck_short. T_ij and T_ji
///   are two resistors.
/// - every amplifier has an offset more, input_offset_v·x.
/// - the outputs lose the share supply_droop of their swing; the reference of the biases keeps its own.
/// Each kind of draw has a stream of its own, so that a circuit with one of them has the same parts in it as one with all.
MadeParts made_parts(const ResistorNetwork& network, const AmplifierModel& amplifiers, const ToleranceSpec& spec,
                     std::uint32_t sample);

}  // namespace basin
