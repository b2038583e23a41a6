#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/ode/ensemble.hpp"
#include "sim/compare/cue_comparison.hpp"

namespace basin {

/// Sign draws by which u0 is moved, and those of them that give the amplification.
inline constexpr int start_draws = 8;
inline constexpr int amplification_draws = 6;

/// A run of the realised circuit from a start that differs from a cue's.
struct ProbeRun {
  const ClampedCircuit* circuit = nullptr;   // the cue's, of the last phase
  Vector start;                              // all neurons
  Vector bias_shift;                         // added to b; empty: nothing
  bool released = false;                     // through the last phase alone
  const Matrix* beside = nullptr;            // states at the network steps to compare with, a row each; null: none
};

/// Where it ended.
struct ProbeEnd {
  EndReason reason = EndReason::time_limit;
  Vector u;
  double difference = 0.0;            // largest from `beside`
};

/// Makes the runs of the realised reference that probe cues: together as an ensemble where the circuit is smooth and kept as a
/// matrix and no cue or phase holds a neuron, else one after the other. May be used by several threads at once; a run's
/// result does not depend on the others'.
class ProbeRuns {
 public:
  /// Keeps a reference to the judgement, whose tolerances it integrates with.
  explicit ProbeRuns(const Judgement& judgement);
  [[nodiscard]] std::vector<ProbeEnd> run(std::span<const ProbeRun> runs) const;

  /// How many cues should be probed at a time.
  [[nodiscard]] std::size_t cues_together() const;

 private:
  [[nodiscard]] bool together(const ProbeRun& run) const;
  void run_together(std::span<const ProbeRun> runs, const std::vector<std::size_t>& which, std::vector<ProbeEnd>& ends) const;
  [[nodiscard]] ProbeEnd run_alone(const ProbeRun& run) const;

  const Judgement& judgement_;
  std::optional<Ensemble> ensemble_;
};

}  // namespace basin
