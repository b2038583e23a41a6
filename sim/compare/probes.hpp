#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/compare/cue_comparison.hpp"
#include "sim/compare/probe_runs.hpp"

namespace basin {

/// Amplification above which a cue is borderline.
inline constexpr double amplification_limit = 50.0;
/// How sensitive the reference itself is to a cue.
struct Sensitivity {
  double amplification = 0.0;   // A_c
  std::string borderline;       // "" or the first reason found
};

/// A cue to probe: the rows of `samples` are its realised reference at the network steps; `end` is where that ends on the
/// free neurons of `released`, the realised circuit of the last phase; null when it does not settle, and then only
/// the amplification is judged.
struct ProbedCue {
  const CueSetup* setup;
  const ClampedCircuit* released;
  const Matrix* samples;
  const PolishedEnd* end;
};

/// The runs of all probes of a design: with its own tolerances and with tenfold tighter ones.
class Prober {
 public:
  /// Keeps a reference to the judgement.
  explicit Prober(const Judgement& judgement);
  Prober(const Prober&) = delete;
  Prober& operator=(const Prober&) = delete;

  /// Restarts the realised reference of each cue: eight sign draws of u0 (the first six give the amplification; a clamped
  /// neuron has no u0 to move), tenfold tighter tolerance, eight sign draws of b handed back to the unperturbed circuit.
  /// What is found of a cue does not depend on the others. May be used by several threads at once.
  [[nodiscard]] std::vector<Sensitivity> probe(std::span<const ProbedCue> cues) const;

  /// How many cues should be probed at a time.
  [[nodiscard]] std::size_t cues_together() const { return usual_.cues_together(); }

 private:
  const Judgement& judgement_;
  Judgement tighter_judgement_;
  ProbeRuns usual_;
  ProbeRuns tighter_;
};

/// The reference of `circuit` from `start` through all phases, sampled at `steps` + 1 network times (none when steps < 0).
ReferenceRun run_reference(const Judgement& judgement, const ClampedCircuit& circuit, const Vector& start, std::int64_t steps);
/// The same of the last phase alone; with `steps` ≥ 0 only so many network steps long, sampled at each.
ReferenceRun run_released(const Judgement& judgement, const ClampedCircuit& circuit, const Vector& start, std::int64_t steps = -1);
/// From `start` without phases, sampled at `steps` + 1 network times from `t` on.
ReferenceRun run_on(const Judgement& judgement, const ClampedCircuit& circuit, const Vector& start, double t, std::int64_t steps);

}  // namespace basin
