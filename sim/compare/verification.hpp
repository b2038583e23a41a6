#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/apps/linear_program.hpp"
#include "models/design/design.hpp"
#include "models/ode/reference.hpp"
#include "sim/compare/chaos.hpp"
#include "sim/compare/default_engines.hpp"
#include "sim/compare/traces.hpp"
#include "sim/engine.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

/// Makes one engine of that name for the network. May be called from several threads at once.
using EngineFactory = std::function<std::unique_ptr<Engine>(const std::string& name, const FixedNetwork& network)>;
/// The stage under way ("engines", "comparing", "blame") and how many of its items are done. Called from any thread, one at
/// a time.
using ProgressCallback = std::function<void(std::string_view stage, std::size_t done, std::size_t total)>;

struct VerificationOptions {
  std::vector<std::string> engines = {"golden", "verilator"};   // golden is always run; empty: default_engines()
  std::string port;                 // of the engine "board"; there is one board, so that jobs are then 1
  int jobs = 1;                     // worker threads; the result is the same for every number
  ProgressCallback progress;        // may be empty
  EngineFactory make_engine;        // empty: the engines built into Basin
  bool keep_traces = true;          // fill Verification::traces
};

/// Whether the claim of docs/verification.md holds.
enum class Verdict { pass, fail, unknown };
/// "pass", "fail", "unknown".
const char* to_string(Verdict verdict);

/// What becomes of the largest deviation of its cue and neuron when one cause is made exact in the golden model: by how
/// much it shrinks, as a fraction of B (negative: it grows). `weights` is judged against the designed circuit.
struct Blame {
  double step = 0.0;
  double weights = 0.0;
  double table = 0.0;
  double state = 0.0;

  /// "step", "weights", "table" or "state": the largest.
  [[nodiscard]] const char* largest() const;
};

/// Where the largest deviation was.
struct DeviationPlace {
  int cue = 0;
  int neuron = 0;
  std::int64_t step = 0;
};

/// Deviations over all cues, as fractions of B.
struct Deviation {
  double normalised = 0.0;
  double limit = 0.0;                  // max_state_deviation, of `normalised`
  double max = 0.0;
  double p95 = 0.0;
  double rms = 0.0;
  double total = 0.0;                  // largest against the designed circuit
  std::optional<double> total_limit;   // max_total_deviation
  std::optional<double> bound;         // proved bound; empty until certified
  DeviationPlace at;
  Blame blame;
};

/// First difference of an engine from the golden model.
struct Mismatch {
  int cue = 0;
  std::int64_t step = 0;
  int neuron = 0;                      // −1: a flag, not a state word
  std::string what = "state";          // "state", "settled" or "overflow"
  std::int32_t expected = 0;           // golden
  std::int32_t got = 0;
};

/// One engine over all cues.
struct EngineReport {
  std::string name;
  bool bit_exact = true;               // golden: agrees with itself
  std::vector<int> cues;               // those it ran, ascending
  std::uint64_t steps = 0;
  std::uint64_t cycles = 0;            // 0 when untimed
  bool overflow = false;
  std::optional<Mismatch> mismatch;    // of the lowest cue
  std::string identity_problem;        // "" when hardware.id and network.id are the expected ones
};

struct MemoryReport {
  std::string name;
  std::optional<bool> stored;          // on the realised circuit; empty with delays, on which an equilibrium's stability depends
  std::optional<bool> certified;       // empty until certified
  double margin = 0.0;
};

/// One cue: the hardware's recall and what the reference made of the same start.
struct Recall {
  int cue = 0;
  std::string target;                  // "" when the cue belongs to no memory
  std::string attractor;               // of the hardware; "unsettled" when it has none
  std::string reference_attractor;     // of the realised circuit
  std::string designed_attractor;      // of the designed circuit's end handed to the realised one
  std::string signs;                   // '+', '-' (or '0') a neuron, of the hardware's end
  std::optional<double> overlap;       // with the target, else with the nearest memory; empty without memories
  double energy = 0.0;                 // of the designed circuit at the hardware's end
  std::optional<double> settle_time;   // of the hardware's V, s or τ; empty unless it settled
  std::optional<double> reference_settle_time;
  std::int64_t steps = 0;              // network steps made
  std::string engine = "golden";
  std::string status;                  // recalled, other, spurious, unsettled
  EndReason reason = EndReason::settled;
  std::optional<double> period;        // oscillating, s or τ
  EndReason reference_reason = EndReason::settled;
  std::optional<double> reference_period;
  std::optional<ChaosComparison> chaos;   // where neither settles or comes round and the circuit is chaotic
  std::vector<PatternVisit> sequence;  // memories passed by the hardware; kept where there are two or more
  std::int64_t judged_steps = 0;       // over which deviations are taken
  bool overflow = false;
  double deviation = 0.0;
  double total_deviation = 0.0;
  double amplification = 0.0;
  bool same_attractor = false;         // or the same cycle
  bool borderline = false;
  std::string borderline_reason;       // "" or why
  bool moved_by_weights = false;
};

struct CueCounts {
  int count = 0;
  int same_attractor = 0;
  int recalled = 0;
  int borderline = 0;
  int moved_by_weights = 0;
  int unsettled = 0;
};

/// All that `verify` prints and writes.
struct Verification {
  std::string design_name;
  std::string design_id;
  std::uint32_t hardware_id = 0;
  std::uint32_t network_id = 0;
  Verdict verdict = Verdict::unknown;
  std::vector<std::string> reasons;    // why it failed or is unknown, one line each; empty on pass
  double bound = 0.0;                  // B, in the unit of u
  double lsb_state = 0.0;              // LSB_u
  CueCounts cues;
  Deviation deviation;
  std::vector<EngineReport> engines;   // golden first, the others in the order asked for
  std::vector<LeftOut> left_out;       // of the default engines
  std::vector<MemoryReport> memories;
  std::vector<Recall> recalls;         // one a cue, in order
  std::optional<ProgramSolution> solution;             // of the hardware's end of cue 0, of designs with a [problem]
  std::optional<ProgramSolution> reference_solution;   // of the designed circuit's; empty when it does not settle
  Traces traces;
  Prepared prepared;                   // the chain that was verified: formats and their reasons, networks, circuits
};

/// Compares golden with every other engine (bits), with the realised reference (deviation, attractor) and with the designed
/// one (docs/verification.md). Throws InputError for a design that the core can't run, ClaimError, ToolError and Interrupted.
Verification run_verification(const Design& design, const VerificationOptions& options);

}  // namespace basin
