#pragma once

#include "models/physical/amplifier_system.hpp"

namespace basin {

/// A design's circuit as components. Its u is 1/scale of the design's, in units of the output swing; its V is the design's.
struct Realisation {
  double scale = 1.0;          // s
  double time_unit = 1.0;      // s that are one unit of the design's time
  Circuit circuit;             // rescaled, SI units, voltages in units of S
  ResistorNetwork exact;       // of it
  ResistorNetwork network;     // of the parts that there are
  bool is_exact = true;        // the two are one
  Circuit made;                // what the parts make; `circuit` where they are exact
  AmplifierModel amplifiers;   // of [amplifier]
};

/// From the circuit of the design, dense, in its own coordinates. Throws ClaimError when a node loses all its resistors, and
/// InputError for overlap amplifiers of weights without factors.
Realisation realise(const Design& design, const Circuit& circuit);

/// An equilibrium in volts, what it takes and how it moves.
struct OperatingPoint {
  Vector u_v;
  Vector output_v;             // AmplifierSystem::positive_outputs()
  double power_w = 0.0;        // of all resistors
  Eigen::VectorXcd poles_hz;   // characteristic roots over 2π, by falling real part; empty where they were not asked for, or are too many
  std::optional<bool> stable;  // empty where delays leave it open
};

/// The one nearest to u_v; empty when Newton's method finds none. `amplifiers`: those of the network, or ideal ones.
std::optional<OperatingPoint> operating_point(const ResistorNetwork& network, const AmplifierModel& amplifiers,
                                              const Vector& u_v, const Drive& drive = {}, bool with_poles = true);

/// Amplifiers without pole and output resistance, for `neurons`.
AmplifierModel ideal_amplifiers(Index neurons);

}  // namespace basin
