#pragma once

#include "models/physical/realisation.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

enum class AmplifierChoice { ideal, opamp };

/// The design's circuit in components, with the amplifiers of the runs to be made of it.
struct PhysicalDesign {
  Designed designed;
  Realisation parts;
  AmplifierModel amplifiers;         // the design's or ideal ones
  bool is_ideal = true;

  /// Volts at a node that are 1 of the design's u.
  [[nodiscard]] double volts() const { return parts.network.swing / parts.scale; }
};

/// Prepares the circuit and its components. Throws InputError when opamp amplifiers have no [amplifier], and
/// for a design whose recalls have phases, which no static network has; and what realise() throws.
PhysicalDesign prepare_physical(const Design& design, AmplifierChoice amplifiers);

/// A cue on the components, in volts and amperes.
struct PhysicalCue {
  Vector start;                      // V at u, N
  Drive drive;
};
PhysicalCue physical_cue(const PhysicalDesign& physical, const Cue& cue);

/// Hidden units held at the lower end of their outputs: a sequence's slow units while none pushes.
Drive hidden_held_off(const ResistorNetwork& network, const AmplifierModel& amplifiers);

/// What carries the sign of every output, in volts: u less the effective threshold, and V (less half its range when unipolar)
/// where it is held.
Vector signed_volts(const ResistorNetwork& network, const AmplifierModel& amplifiers, const Drive& drive, const Vector& u_v);

}  // namespace basin
