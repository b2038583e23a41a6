#pragma once

#include "models/certify/circuit_series.hpp"

namespace basin {

/// Where a circuit goes in a time h from a state, proved.
struct OdeStep {
  bool proved = false;   // false: no enclosure was found, and nothing else below holds
  Balls rate;            // u̇(0)
  Balls end;             // u(h)
  Balls path;            // u(t) for all t in [0, h]
  Balls path_outputs;    // V(t)
  Vector curvature;      // no less than |ü_i(t)| anywhere (almost everywhere, where g has a corner)
  int order = 0;         // of the Taylor polynomial, the least of the parts that the step was taken in
};

/// How finely to work.
struct OdeStepOptions {
  double resolution = 0.0;   // radius of `end` that is fine enough: less is not striven for
  int highest_order = 12;
  int halvings = 5;          // how often the step may be halved where that radius, or any enclosure, is not reached
};

/// The solution from any state in `start` for a time h > 0: a box that Picard and Lindelöf's theorem says it stays in (the image
/// of the box under u(0) + [0, h] f is inside it), and Taylor's polynomial of order p at `start` with the coefficient of order
/// p + 1 over that box as its remainder (Nedialkov, Jackson & Corliss 1999, Appl. Math. Comput. 105:21). Over a corner of g p
/// is 1. Nothing is assumed of how the states of a trace were made.
OdeStep ode_step(const CircuitField& field, const Balls& start, double h, const OdeStepOptions& options);

}  // namespace basin
