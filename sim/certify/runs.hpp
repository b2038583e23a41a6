#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/certify/tube.hpp"
#include "sim/compare/verification.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

/// Which circuit a run of the hardware is held against.
enum class TubeVersion {
  realised,   // the one that the hardware holds: its weights, biases, gains and τ, g exact
  designed    // the one of the design
};
/// "realised", "designed".
const char* to_string(TubeVersion version);

/// A tube of one version, and what its circuit has of the cue.
struct VersionedTube {
  TubeVersion version = TubeVersion::realised;
  Vector start;   // u(0)
  Vector bias;    // b, with the cue's
  Tube tube;
};

/// One recall of the hardware, and the tubes around it.
struct CertifiedRun {
  int cue = 0;
  Trace trace;                        // golden, with which the engines asked for are compared
  std::vector<VersionedTube> tubes;   // as asked for
  std::optional<Mismatch> mismatch;   // the first difference of an engine from golden: the tubes say nothing of it then
  std::string engine;                 // which one
};

struct CertifiedRuns {
  Prepared prepared;
  double bound = 0.0;              // B
  Circuit realised;                // dense, core coordinates
  Circuit designed;
  std::vector<CertifiedRun> runs;  // one a cue

  /// max over cues of sup E/B of a version; empty unless every run's tube is granted.
  [[nodiscard]] std::optional<double> deviation_bound(TubeVersion version) const;
  /// The circuit of a version with the bias of one tube.
  [[nodiscard]] Circuit circuit_of(const VersionedTube& tube) const;
  /// How many tubes of a version are granted.
  [[nodiscard]] std::size_t granted(TubeVersion version) const;
};

struct CertifyRunsOptions {
  std::vector<std::string> engines{"golden"};   // golden first; each of the others must take the same steps
  std::vector<TubeVersion> versions{TubeVersion::realised, TubeVersion::designed};
  std::vector<int> cues{};         // which; none: all, or
  std::size_t most = 0;            // the first so many of them
  int jobs = 1;
  std::function<void(std::size_t done, std::size_t total)> progress;   // may be empty
  EngineFactory make_engine;                    // empty: the engines built into Basin
};

/// Runs every cue of the design on the engines and makes the tubes around them. The same for every number of jobs. Throws
/// InputError for recalls in phases, whose circuit changes as they go, and what prepare() and the engines throw.
CertifiedRuns certify_runs(const Design& design, const CertifyRunsOptions& options);

/// max_i |u_hw − u| after every step of a run, u integrated at rtol 1e-12: what a tube bounds, found and not proved.
std::vector<double> true_errors(const CertifiedRuns& certified, const CertifiedRun& run, const VersionedTube& tube);

/// What a step of `network` may differ from its specification with the exact g of `realised`: half an LSB of the state and, for each
/// output that enters it, its code, its table and its gain word.
SpecifiedStep step_rule(const FixedNetwork& network, const Circuit& realised);

/// The trace as the tube takes it.
Trace tube_trace(const FixedNetwork& network, std::vector<std::int32_t> words, bool settled);

}  // namespace basin
