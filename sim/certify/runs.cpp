#include "sim/certify/runs.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "models/design/error.hpp"
#include "models/fixed/table.hpp"
#include "models/ode/reference.hpp"
#include "sim/certify/dense_weights.hpp"
#include "sim/compare/cue_comparison.hpp"
#include "sim/compare/deviation.hpp"
#include "sim/compare/engine_set.hpp"
#include "sim/compare/lockstep.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {
namespace {

void refuse_phases(const Design& design, const Prepared& prepared) {
  if (prepared.quantised.network.core.phases == 0) return;
  throw InputError(Location{design.file, 0}, "recall.hold",
                   "a tube is made around recalls in which no neuron is ever held; allowed: hold = [] and cues that clamp nothing");
}

class Certifier {
 public:
  Certifier(const CertifiedRuns& all, EngineSets& engines, const std::vector<TubeVersion>& versions)
      : all_(all), engines_(engines), versions_(versions), rule_(step_rule(network(), all.prepared.realised)) {}

  [[nodiscard]] CertifiedRun certify(int cue, std::size_t worker) const {
    const CueSetup setup = make_setup(all_.prepared, cue);
    CertifiedRun run;
    run.cue = cue;
    LockstepCue lockstep = run_lockstep(engines_.of(worker), setup.raw, cue, network().step_limit);
    for (std::size_t e = 0; e < lockstep.engines.size() && !run.mismatch; ++e) {
      run.mismatch = lockstep.engines[e].mismatch;
      if (run.mismatch) run.engine = engines_.names()[e];
    }
    run.trace = tube_trace(network(), std::move(lockstep.trace.words), lockstep.settled);
    for (const TubeVersion version : versions_) run.tubes.push_back(tube_of(setup, version, run.trace));
    return run;
  }

 private:
  [[nodiscard]] const FixedNetwork& network() const { return all_.prepared.quantised.network; }

  [[nodiscard]] VersionedTube tube_of(const CueSetup& setup, TubeVersion version, const Trace& trace) const {
    const bool realised = version == TubeVersion::realised;
    const Vector& given = all_.prepared.cues[static_cast<std::size_t>(setup.cue)].start;
    VersionedTube made{version, realised ? setup.start : given, realised ? setup.realised.bias : setup.designed.bias, {}};
    const Circuit circuit = all_.circuit_of(made);
    const CircuitField field(circuit);
    made.tube = make_tube(field, made.start, trace, {.rule = realised ? &rule_ : nullptr, .on_step = [] { throw_if_interrupted(); }});
    return made;
  }

  const CertifiedRuns& all_;
  EngineSets& engines_;
  const std::vector<TubeVersion>& versions_;
  SpecifiedStep rule_;
};

const Tube* tube_of(const CertifiedRun& run, TubeVersion version) {
  for (const VersionedTube& made : run.tubes) {
    if (made.version == version) return &made.tube;
  }
  return nullptr;
}

bool is_granted(const CertifiedRun& run, TubeVersion version) {
  const Tube* tube = tube_of(run, version);
  return tube != nullptr && tube->is_granted() && !run.mismatch;
}

}  // namespace

const char* to_string(TubeVersion version) { return version == TubeVersion::realised ? "realised" : "designed"; }

std::optional<double> CertifiedRuns::deviation_bound(TubeVersion version) const {
  if (granted(version) < runs.size() || runs.empty()) return std::nullopt;
  double largest = 0.0;
  for (const CertifiedRun& run : runs) largest = std::max(largest, tube_of(run, version)->supremum());
  return largest / bound;
}

std::size_t CertifiedRuns::granted(TubeVersion version) const {
  return static_cast<std::size_t>(std::ranges::count_if(runs, [&](const CertifiedRun& run) { return is_granted(run, version); }));
}

Circuit CertifiedRuns::circuit_of(const VersionedTube& tube) const {
  Circuit circuit = tube.version == TubeVersion::realised ? realised : designed;
  circuit.bias = tube.bias;
  return circuit;
}

std::vector<double> true_errors(const CertifiedRuns& certified, const CertifiedRun& run, const VersionedTube& tube) {
  ReferenceOptions options;
  options.rtol = 1e-12;
  options.atol = 1e-14 * certified.bound;
  options.sample_times = network_times(run.trace.dt, static_cast<std::int64_t>(run.trace.steps()));
  options.t_end = options.sample_times.back();
  options.stop_when_settled = options.record_energy = options.find_settle_time = false;
  const ReferenceRun reference = integrate(certified.circuit_of(tube), tube.start, options);
  std::vector<double> errors;
  for (std::size_t k = 0; k <= run.trace.steps(); ++k) {
    errors.push_back((run.trace.state(k) - reference.samples.row(static_cast<Index>(k)).transpose()).cwiseAbs().maxCoeff());
  }
  return errors;
}

SpecifiedStep step_rule(const FixedNetwork& network, const Circuit& realised) {
  constexpr double room = 1.05;   // the errors of tables are sampled
  const std::vector<TableFunction> tables = table_functions(realised, network.lsb_state);
  Vector output_error(realised.size());
  for (Index i = 0; i < realised.size(); ++i) {
    const TableFunction& table = tables[realised.activation.kind_of(i)];
    output_error[i] = interpolation_error(table, network.core) + network.lsb_drive;
    if (network.core.gain) output_error[i] += 0.5 * table.gain * table.activation.max_slope() * network.lsb_state;
  }
  const Vector sums = with_dense_weights(realised).weights.cwiseAbs() * output_error;
  // Of 3f − f′ over 2 both outputs err: (3 + 1)/2.
  const double parts = network.order == 1 ? 1.0 : 2.0;
  return {network.order, room * ((parts * network.dt) * sums.cwiseQuotient(realised.tau)).array() + 0.5 * room * network.lsb_state};
}

Trace tube_trace(const FixedNetwork& network, std::vector<std::int32_t> words, bool settled) {
  return {static_cast<std::size_t>(network.neurons), std::move(words), network.lsb_state, network.dt,
          settled && network.settle_threshold == 0};
}

CertifiedRuns certify_runs(const Design& design, const CertifyRunsOptions& options) {
  CertifiedRuns result;
  result.prepared = prepare(design);
  refuse_phases(design, result.prepared);
  const FixedNetwork& network = result.prepared.quantised.network;
  result.bound = result.prepared.quantised.bound;
  std::vector<int> cues = options.cues;
  if (cues.empty()) {
    const std::size_t all = result.prepared.cues.size();
    cues.resize(options.most > 0 ? std::min(options.most, all) : all);
    std::iota(cues.begin(), cues.end(), 0);
  }
  result.realised = with_dense_weights(result.prepared.realised);
  result.designed = with_dense_weights(result.prepared.core);
  result.runs.resize(cues.size());
  const EngineFactory built_in = [](const std::string& name, const FixedNetwork& of) { return make_engine(name, of); };
  EngineSets engines(engine_names(options.engines), options.make_engine ? options.make_engine : built_in, network, options.jobs);
  const Certifier certifier(result, engines, options.versions);
  for_each_parallel(
      cues.size(), options.jobs,
      [&](std::size_t run, std::size_t worker) { result.runs[run] = certifier.certify(cues[run], worker); },
      [&](std::size_t done) {
        if (options.progress) options.progress(done, cues.size());
      });
  return result;
}

}  // namespace basin
