#pragma once

#include <string>
#include <vector>

#include "models/design/design.hpp"
#include "sim/certify/runs.hpp"

namespace basin::test {

/// One of the runs that tubes are judged by, fixed by its seed.
struct TubeRun {
  std::string group;   // "N = 16", …
  Design design;
  int cue = 0;
};

/// Twenty of each: random memories under the pseudo-inverse rule at N = 16, 32 and 64, loads of 0.08 to 0.125, up to 15 % flips,
/// gains of 3 to 4; the letters at 10 % flips; physical circuits in SI units with unequal resistances and capacitances.
/// `each`: so many of each instead.
std::vector<TubeRun> tube_runs(int each);

/// What a tube was worth.
struct TubeOutcome {
  CertifiedRun run;
  double bound = 0.0;              // B
  double worst_excess = -1.0;       // largest |u_hw − u| − E over neurons, steps and later times: must be below 0
  double true_supremum = 0.0;      // max |u_hw − u| at network times
  double true_final = 0.0;         // |u* − equilibrium|
  double later_excess = -1.0;       // largest |u* − u(t)| − R after the run
  double between_excess = -1.0;     // largest |line − u| − `between`, three times a step

  [[nodiscard]] const Tube& tube() const { return run.tubes.front().tube; }
};

/// Runs the golden model, makes the tubes and holds them against dopri5 at rtol 1e-12 on the circuit of that version.
TubeOutcome judge_tube(const TubeRun& run, TubeVersion version);

}  // namespace basin::test
