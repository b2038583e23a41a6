#pragma once

#include <string>

#include "sim/compare/cue_comparison.hpp"

namespace basin {

/// Amplification above which a cue is borderline.
inline constexpr double amplification_limit = 50.0;

/// How sensitive the reference itself is to a cue.
struct Sensitivity {
  double amplification = 0.0;   // A_c
  std::string borderline;       // "" or the first reason found
};

/// Restarts the realised reference of one cue: eight sign draws of u0 (the first six give the amplification over the rows
/// of `samples`; a clamped neuron has no u0 to move), tenfold tighter tolerance, eight sign draws of b handed back to the unperturbed circuit. `end` is where
/// the unperturbed reference ends on the free neurons of
/// `released`, the realised circuit of the last phase; null when it does not settle, and then only the amplification is judged.
Sensitivity probe(const Judgement& judgement, const CueSetup& setup, const ClampedCircuit& released, const Matrix& samples,
                  const PolishedEnd* end);

/// The reference of `circuit` from `start` through all phases, with V = `clamp` held, sampled at `steps` + 1 network times
/// (none when steps < 0).
ReferenceRun run_reference(const Judgement& judgement, const Circuit& circuit, const Vector& clamp, const Vector& start,
                           std::int64_t steps);
/// The realised reference of the last phase alone, from `start`.
ReferenceRun run_released(const Judgement& judgement, const CueSetup& setup, const Vector& start);

}  // namespace basin
