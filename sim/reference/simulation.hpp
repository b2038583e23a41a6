#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/apps/linear_program.hpp"
#include "models/design/design.hpp"
#include "models/ode/lyapunov.hpp"
#include "models/ode/reference.hpp"
#include "models/physical/amplifier_system.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/reference/run_noise.hpp"

namespace basin {

struct SimulationOptions {
  int jobs = 1;                                                             // the result is the same for every number
  bool lyapunov = false;                                                    // measure it of runs that end at the time limit
  std::function<void(std::string_view stage, std::size_t done, std::size_t total)> progress;   // may be empty
};

/// One cue integrated on the designed circuit. States are in the design's own coordinates.
struct SimulatedCue {
  int cue = 0;
  std::string target;                  // "" when the cue belongs to no memory
  std::string attractor;               // name of the equilibrium reached; "unsettled" when there is none. With noise a memory's
                                       // by the signs at the end
  std::string status;                  // recalled, other, spurious, unsettled
  std::string signs;                   // '+', '-', '0' a neuron: sign of V (of V − ½ when unipolar)
  std::optional<double> overlap;       // with the target, else with the nearest memory; empty without memories
  EndReason reason = EndReason::settled;
  std::optional<double> period;        // oscillating
  std::optional<LyapunovExponent> lyapunov;   // where it was asked for and the run ended at the time limit
  std::vector<PatternVisit> sequence;  // memories whose signs the neurons took; kept where there are two or more
  double t_final = 0.0;
  std::optional<double> settle_time;   // empty unless it settled
  double energy = 0.0;                 // at the end; of the circuit that the cue's clamps leave, as `energies` are
  double largest_energy_rise = 0.0;    // relative; judged for symmetric T alone
  Vector u;                            // at t_final
  Vector v;
  std::size_t steps = 0;               // accepted steps of the integrator
  std::string form;                    // in which W was multiplied, chosen by cost (docs/performance.md)
  int equilibrium = -1;                // index in Simulation::equilibria, −1 when unsettled
  Matrix samples;                      // S × N: u at Simulation::times, of a clamped neuron what its drive would settle it to
  Matrix output_samples;               // S × N: V there, of real amplifiers; else they follow from u
  std::vector<double> energies;        // S
};

/// A distinct equilibrium reached, Newton-polished.
struct ReachedEquilibrium {
  std::string name;
  std::optional<bool> stable;          // empty where delays leave it open (models/circuit/delay_stability.hpp)
  double residual = 0.0;               // max |τu̇|
  Vector u;                            // design coordinates
  double energy = 0.0;
  Eigen::VectorXcd eigenvalues;        // of the Jacobian, by falling real part; the first alone without the dense W. With delays the
                                       // rightmost characteristic roots, or none where they are too many to find
  int cues = 0;                        // how many ended here
  Vector v;                            // of real amplifiers; else it follows from u
};

struct SimulatedMemory {
  std::string name;
  std::optional<bool> stored;          // empty where delays leave it open
  std::optional<bool> certified;       // proved by AttractingBoxes; empty but for rule `any`
  double margin = 0.0;
};

/// All that `simulate` prints and writes.
struct Simulation {
  Designed designed;
  bool symmetric = false;
  std::optional<AmplifierModel> amplifiers;   // [amplifier] as applied
  bool delayed = false;
  bool energy_argument = false;        // E must fall: T is symmetric, amplifiers are ideal, and there are neither delays nor noise
  bool energy_never_rises = true;      // meaningful with the argument: no rise beyond 1e-9 of the energy scale
  std::optional<SimulatedNoise> noise;
  std::vector<double> times;           // S sample times; empty without samples
  std::vector<SimulatedCue> cues;
  std::vector<ReachedEquilibrium> equilibria;   // in the order of the first cue that ended there
  std::vector<SimulatedMemory> memories;
  std::optional<ProgramSolution> solution;      // of the first cue that settled, of designs with a [problem]
};

/// V at the samples of cue `cue`, S × N: held neurons have the outputs that they are held at.
Matrix sampled_outputs(const Simulation& found, std::size_t cue);

/// Integrates every cue on the designed circuit, polishes and names where it ends; a design with [amplifier] on its components
/// with these amplifiers. With `samples = K` u is sampled at i·t_end/K; with t_end = "auto" that t_end is the longest of all
/// cues. With [noise] a run lasts for t_end, else by `end_with_noise`. Throws InputError and Interrupted.
Simulation simulate(const Design& design, const SimulationOptions& options);

}  // namespace basin
