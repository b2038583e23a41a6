#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/compare/chaos.hpp"
#include "sim/compare/deviation.hpp"
#include "sim/compare/lockstep.hpp"
#include "sim/reference/attractors.hpp"
#include "sim/reference/clamp.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

/// What every cue is judged by.
struct Judgement {
  const Prepared& prepared;
  double rtol = 1e-8;
  double atol = 1e-10;
  std::uint64_t seed = 1;
  std::size_t stride = 1;    // network steps between kept samples; 0: keep none
  bool keep_trace = false;
  const Matrix* patterns = nullptr;   // M × N memories: which of them a run passes is noted; null: none

  /// The first network step of the last phase.
  [[nodiscard]] std::int64_t release_step() const;
  [[nodiscard]] const FixedNetwork& network() const { return prepared.quantised.network; }
  /// B.
  [[nodiscard]] double bound() const { return prepared.quantised.bound; }
  /// δ = 2e-3 B, by which u0 is moved.
  [[nodiscard]] double start_shift() const { return 2e-3 * bound(); }
  /// e_f = 2^K LSB_u + B·LSB_V/2, by which b is moved; without the second term for hard units, whose outputs are exact.
  [[nodiscard]] double bias_shift() const;
};

/// One cue's start as the circuits and the core get it.
struct CueSetup {
  int cue = 0;
  Vector start;       // u(0)
  Circuit realised;   // with the cue's bias as the core holds it
  Circuit designed;   // with the cue's bias
  RawCue raw;
  Vector realised_clamp;    // V held in all phases, NaN where free; empty when none is
  Vector designed_clamp;
};
CueSetup make_setup(const Prepared& prepared, int cue);

/// What the hardware and the references made of one cue.
struct CueComparison {
  LockstepCue lockstep;                    // its trace is kept only when asked for
  LargestDifference deviation;             // realised, unit of u
  double total_deviation = 0.0;            // designed, unit of u
  double amplification = 0.0;              // A_c
  std::string borderline;                  // why, or ""
  bool moved_by_weights = false;
  bool same_attractor = false;             // or the same cycle, or the statistics of the same chaos
  EndReason hardware_reason = EndReason::settled;
  EndReason reference_reason = EndReason::settled;
  std::optional<double> period;            // of the hardware when oscillating, s or τ
  std::optional<double> reference_period;
  std::optional<ChaosComparison> chaos;    // where neither settles or comes round and the circuit is chaotic
  std::vector<PatternVisit> visits;        // memories that the hardware passed, at network steps
  std::vector<PatternVisit> reference_visits;
  std::int64_t judged_steps = 0;           // over which deviations are taken: all, or once round the reference's cycle
  std::optional<double> settle_time;       // of the hardware
  std::optional<double> reference_settle_time;
  Vector hardware_end;                     // dequantised, all neurons
  Equilibrium hardware_equilibrium;        // polished ends on the realised circuit, V where it is held; not converged when
                                           // unsettled
  Equilibrium reference_equilibrium;
  Equilibrium designed_equilibrium;        // the designed end, handed to the realised circuit
  Matrix samples;                          // realised u at every `stride` steps, last row the last step's
  std::vector<double> energies;            // E at the rows of `samples`, of the circuit that the cue's clamps leave
  std::int64_t steps = 0;
};

class Prober;

/// The engines that run a cue, golden first, and which of them stay out of it; empty: none.
struct CueEngines {
  std::span<const std::unique_ptr<Engine>> engines;
  std::vector<bool> stay_out;
};

/// Runs and judges cues first … first + count − 1, and probes them together. What is found of a cue depends on it alone: the
/// same on any thread and in any company. `engines_of(cue)` is asked for each; `compared` hears of each that is run.
std::vector<CueComparison> compare_cues(const Judgement& judgement, const Prober& prober, int first, int count,
                                        const std::function<CueEngines(int cue)>& engines_of,
                                        const std::function<void()>& compared = {});

}  // namespace basin
